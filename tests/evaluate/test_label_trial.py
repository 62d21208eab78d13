"""The trial of labels."""

import numpy as np
import pytest

from seqloom.evaluate.label_trial import LabelTrial
from seqloom.sequence import LabelPrediction

STATED = np.array([[0.8, 0.4], [0.6, 0.1], [0.2, 0.2]])
TRUTH = np.array([[1, 1], [0, np.nan], [np.nan, np.nan]])


@pytest.fixture
def trial(make_sequences):
    """Three sequences and two labels; the second is given from 0.3 on."""
    thresholds = np.array([0.5, 0.3])
    prediction = LabelPrediction(thresholds <= STATED, STATED, ("a", "b"), thresholds, np.arange(3).astype(str))
    return LabelTrial(make_sequences(*np.zeros((3, 2, 1)), targets=TRUTH), prediction)


def test_the_model_is_measured_at_its_thresholds(trial):
    """The error of a sequence is the share of its known labels that are wrong."""
    measured = trial.model()
    np.testing.assert_array_equal(measured.errors["wrong labels"], [0, 1, np.nan])
    assert measured.metrics["hamming"] == pytest.approx(1 / 3)


def test_the_log_loss_of_a_sequence_is_the_mean_over_its_known_labels(trial):
    """What is unknown counts nothing."""
    expected = [-np.log(0.8 * 0.4) / 2, -np.log(0.4), np.nan]
    np.testing.assert_allclose(trial.model().errors["log loss"], expected)


def test_an_alternative_says_itself_which_labels_it_gives(trial):
    """The same probabilities with other labels have the same log loss and other mistakes."""
    measured = trial.alternative(np.stack([STATED, np.array([[1, 0], [0, 0], [0, 0]])], axis=2))
    np.testing.assert_array_equal(measured.errors["wrong labels"], [0.5, 0, np.nan])
    np.testing.assert_array_equal(measured.errors["log loss"], trial.model().errors["log loss"])


def test_sequences_stand_for_themselves(trial):
    """Whole sequences do not overlap, and labels have no units."""
    assert (trial.block, trial.model().scaled) == (1, {})
