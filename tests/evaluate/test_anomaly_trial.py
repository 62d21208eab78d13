"""The trial of anomalies."""

from dataclasses import replace

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.evaluate import AnomalyTrial
from seqloom.evaluate.anomaly_trial import balanced_mistakes
from seqloom.sequence import AnomalyPrediction

MARKS = np.zeros(40, np.float32)
MARKS[10:20] = 1


@pytest.fixture
def examples(make_sequences):
    """Forty steps, ten of them marked, the first five only read."""
    made = make_sequences(np.zeros((40, 0)), targets=np.zeros((40, 1), np.float32), watched=True, marks=MARKS)
    return replace(made, warm=np.array([5]))


def prediction(scores):
    """Scores of steps of one sequence."""
    count = len(scores)
    nothing = np.full((count, 1), np.nan)
    keys = np.full(count, "s0", dtype=object)
    return AnomalyPrediction(np.asarray(scores, float), nothing, nothing, ("y0",), keys, np.arange(count) + 6)


def test_model_and_alternatives_are_judged_alike(examples):
    """An alternative answers for the steps before, too, which are not judged."""
    scores = MARKS[5:] * 2
    trial = AnomalyTrial(examples, prediction(scores), quiet=3)
    model, other = trial.model(), trial.alternative(np.concatenate([np.full(5, 9.0), scores]))
    assert model.metrics == other.metrics
    assert model.metrics["f1"] == 1.0
    np.testing.assert_array_equal(model.errors["balanced mistakes"], np.zeros(35))


def test_blocks_are_stretches_that_are_alike(examples):
    """One anomaly cuts the steps into three."""
    assert AnomalyTrial(examples, prediction(np.zeros(35)), quiet=0).block == 35 // 3


def test_another_number_of_steps_is_refused(examples):
    """So are steps of which nothing is known."""
    with pytest.raises(DataError, match="expected 35 marked steps, came 34"):
        AnomalyTrial(examples, prediction(np.zeros(34)), quiet=0)
    unmarked = replace(examples, prepared=replace(examples.prepared, marks=None))
    with pytest.raises(DataError, match="expected 35 marked steps"):
        AnomalyTrial(unmarked, prediction(np.zeros(35)), quiet=0)


def test_missing_everything_and_crying_always_are_equally_bad():
    """However rare anomalies are."""
    truth = np.array([1.0] + [0.0] * 99)
    missed, cried = (balanced_mistakes(np.full(100, alarm), truth).mean() for alarm in (False, True))
    assert missed == pytest.approx(0.5)
    assert cried == pytest.approx(0.5)
    assert np.isnan(balanced_mistakes(np.array([True]), np.array([np.nan]))[0])
