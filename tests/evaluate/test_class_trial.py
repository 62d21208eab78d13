from dataclasses import replace

import numpy as np
import pytest

from seqloom.evaluate.class_trial import ClassTrial
from seqloom.sequence import ClassPrediction

PROBABILITIES = np.array([[0.8, 0.2], [0.6, 0.4], [0.3, 0.7], [0.9, 0.1]])
TARGETS = np.array([0, 1, 1, -1])


@pytest.fixture
def trial(make_sequences):
    """Four sequences, the last unlabelled; the model says `yes` from a probability of 0.35 on."""
    labels = np.array(["no", "yes", "yes", "no"])
    prediction = ClassPrediction(labels, PROBABILITIES, ("no", "yes"), np.arange(4).astype(str))
    return ClassTrial(make_sequences(*np.zeros((4, 2, 1)), targets=TARGETS), prediction, threshold=0.35)


def test_the_model_is_measured_at_its_threshold(trial):
    """With the threshold all labelled sequences are right, in metrics and mistakes alike."""
    measured = trial.model()
    assert measured.metrics["accuracy"] == 1
    np.testing.assert_array_equal(measured.errors["mistakes"], [0, 0, 0, np.nan])


def test_an_alternative_answers_its_most_probable_class(trial):
    """The same probabilities without the threshold give one mistake, and the same log loss."""
    measured = trial.alternative(PROBABILITIES)
    np.testing.assert_array_equal(measured.errors["mistakes"], [0, 1, 0, np.nan])
    np.testing.assert_array_equal(measured.errors["log loss"], trial.model().errors["log loss"])


def test_sequences_stand_for_themselves(trial):
    """Whole sequences do not overlap, and classes have no units."""
    assert (trial.block, trial.model().scaled) == (1, {})


def test_with_a_cost_of_misses_alternatives_choose_what_costs_least(trial):
    """From one tenth on where a miss costs nine false alarms; the model has its own threshold."""
    costly = replace(trial, miss_cost=9.0)
    assert costly.model().metrics["cost"] == 0
    measured = costly.alternative(PROBABILITIES)
    np.testing.assert_array_equal(measured.errors["mistakes"], [1, 0, 0, np.nan])
    assert measured.metrics["cost"] == pytest.approx(1 / 3)
    assert "cost" not in trial.model().metrics


def test_costs_are_counted_example_by_example_and_decide(trial):
    """A miss is as many false alarms as it costs; without a cost nothing is decided by it."""
    measured = replace(trial, miss_cost=9.0).alternative(PROBABILITIES[:, ::-1])
    np.testing.assert_array_equal(measured.errors["cost"], [1, 0, 0, np.nan])
    rare = replace(trial, miss_cost=0.5).alternative(PROBABILITIES[:, ::-1])
    np.testing.assert_array_equal(rare.errors["cost"], [1, 0.5, 0.5, np.nan])
    assert np.nanmean(measured.errors["cost"]) == pytest.approx(measured.metrics["cost"])
    assert list(measured.decisive) == ["cost"]
    assert list(trial.model().decisive) == ["mistakes", "log loss"]


class Stated:
    """An alternative that states the same probabilities whatever it is asked."""

    def __init__(self, probabilities):
        self.probabilities = probabilities

    def predict(self, examples):
        """Those of as many sequences."""
        return self.probabilities[: len(examples)]


def test_an_alternative_has_the_threshold_that_was_cheapest_for_it(trial, make_sequences):
    """Chosen where the model's was chosen, by its own probabilities, however far from true they are."""
    choosing = make_sequences(*np.zeros((4, 2, 1)), targets=np.array([0, 0, 1, 1]))
    stated = np.array([[0.99, 0.01], [0.98, 0.02], [0.97, 0.03], [0.96, 0.04]])
    costly = replace(trial, miss_cost=9.0, choosing=choosing)
    own = costly.choosing_for(Stated(stated))
    assert own.cheapest == pytest.approx(0.025)
    assert own.alternative(stated).metrics["recall"] == 0.5
    assert costly.alternative(stated).metrics["recall"] == 0
    assert trial.choosing_for(Stated(stated)) is trial
