"""Metrics of tags."""

import numpy as np
import pytest
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    f1_score,
    log_loss,
    precision_recall_fscore_support,
    roc_auc_score,
)

from seqloom.errors import DataError
from seqloom.score import tag_metrics

RNG = np.random.default_rng(0)
PROBABILITIES = RNG.dirichlet(np.ones(3), 40)
CHOSEN = PROBABILITIES.argmax(axis=1)
TRUTH = RNG.integers(0, 3, 40)
SEQUENCE = np.repeat(np.arange(8), 5)


def test_metrics_are_those_of_scikit_learn():
    """Accuracy, macro F1 and log loss over all steps."""
    metrics = tag_metrics(PROBABILITIES, CHOSEN, TRUTH, SEQUENCE)
    assert metrics["accuracy"] == pytest.approx(accuracy_score(TRUTH, CHOSEN))
    assert metrics["f1"] == pytest.approx(f1_score(TRUTH, CHOSEN, average="macro"))
    assert metrics["log_loss"] == pytest.approx(log_loss(TRUTH, PROBABILITIES))
    assert "accuracy_new" not in metrics


def test_a_sequence_is_right_without_a_mistake():
    """One step that is wrong spoils its sequence."""
    truth = CHOSEN.copy()
    truth[[0, 1, 39]] = (truth[[0, 1, 39]] + 1) % 3
    assert tag_metrics(PROBABILITIES, CHOSEN, truth, SEQUENCE)["sequences_right"] == 6 / 8


def test_new_words_are_measured_apart():
    """Of two new words one is right."""
    truth, new = CHOSEN.copy(), np.zeros(40, dtype=np.bool_)
    new[[3, 4]] = True
    truth[4] = (truth[4] + 1) % 3
    assert tag_metrics(PROBABILITIES, CHOSEN, truth, SEQUENCE, new)["accuracy_new"] == 0.5


def test_unlabelled_steps_count_nothing():
    """Their answers may be any."""
    truth = TRUTH.copy()
    truth[::2] = -1
    rest = slice(1, None, 2)
    expected = tag_metrics(PROBABILITIES[rest], CHOSEN[rest], TRUTH[rest], SEQUENCE[rest])
    assert tag_metrics(PROBABILITIES, CHOSEN, truth, SEQUENCE) == pytest.approx(expected)
    assert tag_metrics(PROBABILITIES, CHOSEN, np.full(40, -1), SEQUENCE) == {}


def test_a_class_that_nobody_learned_is_a_mistake():
    """It lowers the accuracy and has no log loss."""
    truth = CHOSEN.copy()
    truth[0] = -2
    metrics = tag_metrics(PROBABILITIES, CHOSEN, truth, SEQUENCE)
    assert metrics["accuracy"] == 39 / 40
    assert metrics["log_loss"] == pytest.approx(log_loss(truth[1:], PROBABILITIES[1:]))


def test_arrays_of_other_lengths_are_refused():
    """Nothing is broadcast."""
    with pytest.raises(DataError, match="expected the shape"):
        tag_metrics(PROBABILITIES, CHOSEN[:-1], TRUTH, SEQUENCE)


def test_of_two_classes_the_second_is_the_one_to_be_found():
    """As scikit-learn has it; a step of a class nobody learned was not found, and is no alarm that was right."""
    probabilities = np.array([[0.9, 0.1], [0.4, 0.6], [0.7, 0.3], [0.2, 0.8], [0.6, 0.4]])
    chosen, truth = np.array([0, 1, 1, 1, 0]), np.array([0, 0, 1, 1, 1])
    metrics = tag_metrics(probabilities, chosen, truth, np.zeros(5, np.int64))
    precision, recall, f1, _ = precision_recall_fscore_support(truth, chosen, average="binary")
    assert (metrics["precision"], metrics["recall"], metrics["f1"]) == (precision, recall, f1)
    assert metrics["pr_auc"] == average_precision_score(truth, probabilities[:, 1])
    assert metrics["roc_auc"] == roc_auc_score(truth, probabilities[:, 1])


def test_of_one_class_alone_there_is_no_ranking():
    """Nothing to rank above or below."""
    metrics = tag_metrics(np.full((2, 2), 0.5), np.array([0, 0]), np.array([0, 0]), np.zeros(2, np.int64))
    assert "pr_auc" not in metrics
    assert metrics["f1"] == 0
