"""What the values of a signal are compared with."""

import pytest

from seqloom.monitor.numbers import Numbers
from seqloom.monitor.reference import MISSING, Channel, Reference


def test_a_reference_without_values_watches_nothing():
    """And one has to say what its channels are."""
    assert not Numbers.of([]).watched
    assert Channel(MISSING, None).side == 0
    with pytest.raises(TypeError, match="abstract"):
        Reference()
