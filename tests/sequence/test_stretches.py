"""Parts of sequences as a data set of their own."""

import numpy as np

from seqloom.sequence import Stretch, numbered, stretches
from tests.sequence.test_join import FIRST


def test_stretches_are_sequences_of_their_own():
    """With the columns, the static values and the names of those they are parts of."""
    found = stretches(FIRST, [Stretch(1, 2, 3), Stretch(0, 1, 2)])
    assert (found.keys.tolist(), found.lengths.tolist()) == (["b", "a"], [1, 1])
    assert (found.steps["y"].tolist(), found.statics["size"].tolist()) == ([3, 2], [20, 10])


def test_stretches_of_one_sequence_are_told_apart():
    """By numbers."""
    found = stretches(FIRST, [Stretch(0, 0, 1), Stretch(0, 1, 2)])
    assert found.keys.tolist() == ["a", "a (2)"]
    assert numbered(["a", "b", "a", "a"]) == ["a", "b", "a (2)", "a (3)"]


def test_no_stretch_is_no_sequence():
    """And no step."""
    found = stretches(FIRST, [])
    assert (len(found), found.total_steps) == (0, 0)
    assert np.array_equal(found.offsets, [0])
