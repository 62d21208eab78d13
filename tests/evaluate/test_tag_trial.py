"""The trial of tags."""

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.evaluate.tag_trial import TagTrial
from seqloom.sequence import TagPrediction, Words

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
