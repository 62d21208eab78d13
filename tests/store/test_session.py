"""What is durable of a live stream."""

import pytest

from seqloom.store import Session


def test_a_session_is_its_values():
    """Two with the same values are one, and nobody changes it behind the back of a store."""
    session = Session("pump 7", 0, 1, "d", b"memory", b"[]")
    assert session == Session("pump 7", 0, 1, "d", b"memory", b"[]", time=None, at=0)
    with pytest.raises(AttributeError):
        session.seq = 2
