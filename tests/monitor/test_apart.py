"""How far streams move apart."""

import numpy as np
import pytest

from seqloom.monitor.apart import SEEN, Apart
from seqloom.monitor.usual import Usual

USUAL = Usual(0.0, 1.0, 1.0, 1, 0.0, 10_000)
STREAMS, EACH = 10, 6


def seen(windows, make):
    """What is told of the last of so many windows of ten streams."""
    apart = Apart(1)
    for _ in range(windows):
        values = make()
        apart.add([values.size], [values.sum()], STREAMS)
    return apart.streams(0, USUAL, USUAL.independent(EACH), STREAMS)


def test_streams_that_move_by_themselves_count_for_several():
    """As far as twenty windows and more can tell: never for more than there are."""
    rng = np.random.default_rng(0)
    assert 4 < seen(200, lambda: rng.normal(size=(EACH, STREAMS))) <= STREAMS


def test_streams_that_move_together_count_for_one():
    """A common season, for example."""
    rng = np.random.default_rng(0)
    assert seen(200, lambda: np.repeat(rng.normal(size=(EACH, 1)), STREAMS, axis=1)) == pytest.approx(1.0, abs=0.3)


def test_before_it_is_known_they_count_for_one():
    """Few windows tell nothing, nor do ones that are short beside a stretch."""
    rng = np.random.default_rng(0)
    assert seen(SEEN - 1, lambda: rng.normal(size=(EACH, STREAMS))) == 1.0
    apart, slow = Apart(1), Usual(0.0, 1.0, 50.0, 64, 0.0, 10_000)
    for _ in range(SEEN):
        apart.add([60], [rng.normal()], STREAMS)
    assert apart.streams(0, slow, 1.0, STREAMS) == 1.0
    assert apart.streams(0, USUAL, 1.0, 1) == 1.0
