"""Sequences that came in parts."""

from dataclasses import replace

import numpy as np

from seqloom.sequence import gathered
from tests.sequence.test_join import FIRST, LATER


def test_parts_of_a_sequence_are_put_together_in_their_order():
    """Labels are known by their words, static values are those of the last part."""
    whole = gathered([FIRST, LATER], [[0, 1], [2, 0]])
    assert whole.keys.tolist() == ["a", "b", "c"]
    assert whole.offsets.tolist() == [0, 4, 5, 6]
    assert whole.steps["y"].tolist() == [1, 2, 4, 5, 3, 9]
    labels = [*whole.categories["shop"], None]
    assert [labels[code] for code in whole.steps["shop"]] == ["x", "y", "z", "y", None, "z"]
    assert whole.statics["size"].tolist() == [11, 20, 30]
    assert whole.times is None


def test_times_and_rows_go_with_their_steps():
    """Where every part has them."""
    parts = [replace(one, times=np.arange(3.0) + 10 * at, rows=np.arange(3)) for at, one in enumerate((FIRST, LATER))]
    whole = gathered(parts, [[1, 0], [2, 1]])
    assert whole.times.tolist() == [2, 0, 1, 11, 12, 10]
    assert whole.rows.tolist() == [2, 0, 1, 1, 2, 0]
    assert gathered([parts[0], LATER], [[1, 0], [2, 1]]).times is None
