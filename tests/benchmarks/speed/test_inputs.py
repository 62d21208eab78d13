import numpy as np
import pytest

from benchmarks.speed.case import Case
from benchmarks.speed.inputs import alive, lengths_of, operations, operations_back, packed, steps_of, turns_of

VARIED = Case("train", batch=64, steps=600, features=2, varied=True)


def test_lengths_are_as_the_grid_says():
    """Longest first, the longest as given, 37 % of it in the mean, none without a step."""
    lengths = lengths_of(VARIED)
    assert lengths[0] == 600
    assert (np.diff(lengths) <= 0).all()
    assert lengths.min() >= 1
    assert lengths.mean() / 600 == pytest.approx(0.37, abs=0.02)


def test_packed_rows_are_the_steps_of_sequences():
    """As many rows as steps, and none of the zeros that stand where a sequence has ended."""
    rows = packed(VARIED, steps_of(VARIED))
    assert len(rows) == lengths_of(VARIED).sum() == alive(VARIED).sum()
    assert (rows != 0).all()


def test_operations_are_those_of_the_products():
    """Two layers in two directions by hand: 3 · 2 steps, four gates of 5 units, widths 7 and 10 beside 5 hidden."""
    case = Case("train", batch=3, steps=2, features=7, hidden=5, layers=2, bidirectional=True)
    assert operations(case) == 2 * 6 * 2 * 20 * ((7 + 5) + (10 + 5))


def test_no_gradient_is_counted_that_nobody_asks_for():
    """Back: those of all weights, of hidden vectors twice, of inputs only where a layer is below."""
    case = Case("train", batch=3, steps=2, features=7, hidden=5, layers=2, bidirectional=True)
    assert operations_back(case) == operations(case) + 2 * 6 * 2 * 20 * (5 + 5 + 10)


def test_every_stream_has_its_turn():
    """Each stream has one reading before any has a second."""
    turns = turns_of(Case("streams", streams=3000), 1000)
    assert sorted(np.concatenate(turns).tolist()) == list(range(3000))
