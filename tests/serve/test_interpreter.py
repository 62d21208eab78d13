"""The interpreter of a server."""

import gc
import sys

import pytest

from seqloom.serve.interpreter import THRESHOLDS, TURN, answering


def test_it_is_as_before_afterwards():
    """Within, threads take turns, what was there is left alone, and the rest is collected rarely."""
    before, turn = gc.get_threshold(), sys.getswitchinterval()
    with answering():
        assert gc.get_threshold() == THRESHOLDS
        assert gc.get_freeze_count() > 0
        assert sys.getswitchinterval() == pytest.approx(TURN)
    assert (gc.get_threshold(), sys.getswitchinterval()) == (before, turn)
    assert gc.get_freeze_count() == 0


def test_cycles_are_still_collected():
    """A server that makes some does not grow for ever."""
    with answering():
        for _ in range(2 * THRESHOLDS[0]):
            cycle = []
            cycle.append(cycle)
        assert gc.get_count()[0] <= THRESHOLDS[0]
