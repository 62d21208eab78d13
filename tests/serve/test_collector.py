"""The collector of cycles."""

import gc

from seqloom.serve.collector import THRESHOLDS, rarely


def test_it_is_as_before_afterwards():
    """Within, what was there is left alone and the rest is collected rarely."""
    before = gc.get_threshold()
    with rarely():
        assert gc.get_threshold() == THRESHOLDS
        assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_cycles_are_still_collected():
    """A server that makes some does not grow for ever."""
    with rarely():
        for _ in range(2 * THRESHOLDS[0]):
            cycle = []
            cycle.append(cycle)
        assert gc.get_count()[0] <= THRESHOLDS[0]
