import numpy as np
import pytest

from seqloom.report import EventOutcome
from seqloom.sequence import EventPrediction, EventTruth


def outcome(truth):
    """Four events of three types."""
    shares = np.array([[0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.5, 0.4, 0.1], [0.3, 0.3, 0.4]])
    prediction = EventPrediction("kind", shares, ("a", "b", "c"), np.array(["s"] * 4), np.arange(4))
    return EventOutcome(prediction, EventTruth(np.array(truth)), np.zeros((4, 2), np.int64))


def test_the_least_expected_come_first():
    """What had a probability of 0.1 surprises more than what had 0.6."""
    assert outcome([0, 2, 1, 2]).surprises(3) == [1, 2, 3]


def test_unknown_types_surprise_nobody():
    """They are not among the known rows."""
    found = outcome([0, -1, -1, 2])
    assert found.known.tolist() == [0, 3]
    assert found.surprises(4) == [3, 0]


def test_frequent_types_come_first():
    """By how often they came; of equals the first one."""
    assert outcome([2, 2, 1, -1]).frequent(2) == [2, 1]


def test_losses_are_logarithms_of_probabilities():
    """Of what came."""
    assert outcome([0, 1, 0, 2]).losses == pytest.approx(-np.log([0.6, 0.7, 0.5, 0.4]))
