"""What the values of a signal are compared with."""

import numpy as np
import pytest

from seqloom.monitor.numbers import Numbers
from seqloom.monitor.reference import MISSING, Channel, Reference


def test_a_reference_without_values_watches_nothing():
    """And one has to say what its channels are."""
    assert not Numbers.of([]).watched
    assert Channel(MISSING, None).side == 0
    with pytest.raises(TypeError, match="abstract"):
        Reference()


def test_too_few_independent_values_tell_nothing():
    """Whatever their number: of what follows from a slow signal more are needed."""
    rng = np.random.default_rng(0)
    known, slow = Numbers.of([rng.normal(size=100)]), Numbers.of([np.cumsum(rng.normal(size=1000))])
    assert known.telling
    assert not known.slowed(slow.level).telling
    assert not Numbers.of([np.ones(100)]).telling
    assert not Numbers.of([]).telling
