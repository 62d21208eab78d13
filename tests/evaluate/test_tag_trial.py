"""The trial of tags."""

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.evaluate.tag_trial import TagTrial
from seqloom.sequence import FailsWithin, TagPrediction, Words

PROBABILITIES = np.array([[0.8, 0.2], [0.6, 0.4], [0.3, 0.7], [0.9, 0.1], [0.9, 0.1]])
TARGETS = np.array([0, 1, 1, -1, -2])


@pytest.fixture
def trial(make_sequences):
    """Sequences of three and two steps; one label is not known and one was never learned."""
    words = Words(np.array([0, 1, 0, 0, 0]), ("cat", "dog"), np.array([True, False]))
    examples = make_sequences(np.zeros((3, 1)), np.zeros((2, 1)), targets=TARGETS, labelled_steps=True, words=words)
    labels = np.array(["no", "yes", "yes", "no", "no"])
    steps = np.array([1, 2, 3, 1, 2])
    return TagTrial(examples, TagPrediction(labels, PROBABILITIES, ("no", "yes"), np.array(list("aaabb")), steps))


def test_the_model_is_measured_by_its_labels(trial):
    """A label nobody learned is a mistake, and a step without a label none."""
    measured = trial.model()
    np.testing.assert_array_equal(measured.errors["mistakes"], [0, 0, 0, np.nan, 1])
    assert measured.metrics["accuracy"] == 3 / 4
    assert measured.metrics["accuracy_new"] == 1
    assert measured.metrics["sequences_right"] == 1 / 2


def test_an_alternative_answers_its_most_probable_class(trial):
    """The same probabilities give one more mistake, and the same log loss."""
    measured = trial.alternative(PROBABILITIES)
    np.testing.assert_array_equal(measured.errors["mistakes"], [0, 1, 0, np.nan, 1])
    np.testing.assert_array_equal(measured.errors["log loss"], trial.model().errors["log loss"])


def test_a_block_is_the_sequence_of_an_average_step(trial):
    """Three steps lie in a sequence of three, two in one of two: 2.6 on average."""
    assert trial.block == 3


def test_another_number_of_steps_is_refused(trial):
    """A prediction of other sequences is not measured."""
    with pytest.raises(DataError, match="expected 5 rows, one per step, came 4"):
        TagTrial(trial.examples.take([0, 1]), TagPrediction(np.array(["no"] * 4), *[None] * 4))


@pytest.fixture
def failing(make_sequences):
    """A sequence of five steps that fails, told two steps before; the label of each is the more probable one."""
    stated = np.array([0.1, 0.6, 0.2, 0.7, 0.9])
    examples = make_sequences(
        np.zeros((5, 1)), targets=np.array([0, 0, 1, 1, 1]), labelled_steps=True, ending=FailsWithin(within=2)
    )
    labels = np.where(stated >= 0.5, "yes", "no")
    probabilities = np.stack([1 - stated, stated], axis=1)
    return TagTrial(
        examples, TagPrediction(labels, probabilities, ("no", "yes"), np.array(["a"] * 5), np.arange(1, 6)), 3.0
    )


def test_warnings_before_failures_are_judged(failing):
    """The alarm that stayed came one step before the end, and another began for nothing among two steps."""
    metrics = failing.model().metrics
    assert (metrics["lead"], metrics["caught"], metrics["false_alarms"]) == (1, 1, 500)
    assert "sequences_right" not in metrics


def test_a_missed_step_costs_what_was_said(failing):
    """One alarm for nothing and one step missed at three alarms each; an alternative answers where that is cheapest."""
    assert failing.model().metrics["cost"] == (1 + 3) / 5
    other = failing.alternative(np.array([[0.8, 0.2], [0.7, 0.3], [0.76, 0.24], [0.5, 0.5], [0.1, 0.9]]))
    assert other.metrics["cost"] == (1 + 3) / 5
