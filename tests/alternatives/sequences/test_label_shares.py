"""The same labels for every sequence."""

import numpy as np

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.sequences.label_shares import LabelShares


def test_the_shares_of_labels_and_the_most_frequent_set_are_answered(make_sequences):
    """A label of most sequences need not be in the most frequent set; what is unknown counts nothing."""
    truth = [[1, 0], [1, 0], [0, 1], [0, 1], [0, 1], [np.nan, 1]]
    examples = make_sequences(*np.zeros((6, 2, 1)), targets=np.array(truth))
    answer = LabelShares.fit(examples, Hints()).predict(examples)
    assert answer.shape == (6, 2, 2)
    np.testing.assert_allclose(answer[3], [[0.4, 0], [4 / 6, 1]])


def test_nothing_known_is_skipped(make_sequences):
    """There is nothing to count."""
    examples = make_sequences(*np.zeros((2, 2, 1)), targets=np.full((2, 2), np.nan))
    assert LabelShares.fit(examples, Hints()) == Skipped("no training sequence has all its labels known")
