"""What is kept of a prediction."""

import pytest

from seqloom.store import Record


def test_a_record_is_its_values():
    """The truth is not known in the beginning."""
    record = Record("pump 7", 0, 1, "d", 5, None, b"{}", b"{}")
    assert record == Record("pump 7", 0, 1, "d", 5, None, b"{}", b"{}", truth=None, norm=None)
    with pytest.raises(AttributeError):
        record.truth = b"1"
