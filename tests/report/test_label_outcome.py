"""Which labels sequences have and were given."""

import numpy as np
import pytest

from seqloom.report import LabelOutcome
from seqloom.sequence import LabelPrediction

TRUTH = np.array([[1, 1, 0], [1, 1, 0], [0, 1, 1], [0, 0, np.nan]])
STATED = np.array([[0.9, 0.8, 0.1], [0.2, 0.4, 0.7], [0.6, 0.9, 0.8], [0.1, 0.2, 0.9]])


@pytest.fixture
def outcome():
    """Four sequences: the first right, the second all wrong, the third one too much, the last unknown in part."""
    prediction = LabelPrediction(
        STATED >= 0.5, STATED, ("a", "b", "c"), np.full(3, 0.5), np.array(["w", "x", "y", "z"])
    )
    return LabelOutcome(prediction, TRUTH, lambda _: np.zeros((2, 1)), ("x0",))


def test_labels_are_missed_or_too_many(outcome):
    """What is unknown is neither."""
    assert np.argwhere(outcome.missed).tolist() == [[1, 0], [1, 1]]
    assert np.argwhere(outcome.extra).tolist() == [[1, 2], [2, 0]]


def test_the_sequence_with_most_wrong_labels_comes_first(outcome):
    """Sequences without a mistake are never among them."""
    assert outcome.worst(9) == [1, 2]
    assert outcome.worst(1) == [1]


def test_pairs_are_those_that_sequences_have_together(outcome):
    """The most frequent first, none that no sequence has."""
    assert outcome.pairs(9) == [(0, 1), (1, 2)]
