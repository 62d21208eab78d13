from dataclasses import replace

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.evaluate.value_trial import ValueTrial
from seqloom.sequence import RemainingLife, ValuePrediction

VALUES = np.array([10.0, 20, 30, 60])
STEPS = np.array([5.0, 4, 3, 2, 1, 0, 9, 6, 3, 0])


@pytest.fixture
def whole(make_sequences, make_pipeline):
    """Four sequences with one value each."""
    pipeline = make_pipeline(VALUES, per_step=False)
    scaled = pipeline.scale_targets(VALUES[:, None], np.arange(4).astype(str)).astype(np.float32)
    return make_sequences(*np.zeros((4, 2, 1)), targets=scaled), pipeline


@pytest.fixture
def stepwise(make_sequences, make_pipeline):
    """Two sequences of six and four steps with a value at each."""
    pipeline = make_pipeline(STEPS)
    scaled = pipeline.scale_targets(STEPS[None, :, None], np.array(["0"]))[0].astype(np.float32)
    return make_sequences(np.zeros((6, 1)), np.zeros((4, 1)), targets=scaled), pipeline


def predicted(values):
    return ValuePrediction(np.asarray(values, np.float64)[:, None], ("y0",), np.zeros(len(values)))


def test_whole_sequences_are_measured_in_the_units_of_the_data(whole):
    """An error of 3 everywhere is a mean absolute error of 3."""
    examples, pipeline = whole
    measured = ValueTrial.of(predicted(VALUES + 3), examples, pipeline, 32).model()
    # Scaled targets are float32.
    assert measured.metrics["mae"] == pytest.approx(3, rel=1e-5)
    assert measured.scaled["mae"] == pytest.approx(3 / VALUES.std(), rel=1e-5)


def test_an_alternative_is_measured_like_the_model(whole):
    """The same answers in scaled units come to the same errors."""
    examples, pipeline = whole
    trial = ValueTrial.of(predicted(VALUES + 3), examples, pipeline, 32)
    other = trial.alternative(examples.truth() + 3 / VALUES.std())
    np.testing.assert_allclose(other.errors["squared error"], trial.model().errors["squared error"], rtol=1e-5)


def test_the_last_labelled_step_alone_can_be_measured(stepwise):
    """With one step per sequence only the model's last answer for each counts."""
    examples, pipeline = stepwise
    answers = np.full(10, 100.0)
    answers[[5, 9]] = [2, 4]
    trial = ValueTrial.of(predicted(answers), examples, pipeline, 1)
    assert trial.model().metrics["mae"] == pytest.approx(3, rel=1e-5)
    assert trial.block == 1


def test_every_labelled_step_can_be_measured(stepwise):
    """With many steps per sequence all ten answers count, and those of a sequence depend on each other."""
    examples, pipeline = stepwise
    trial = ValueTrial.of(predicted(STEPS + 1), examples, pipeline, 32)
    assert (len(trial.examples), trial.block) == (10, 6)
    assert trial.model().metrics["mae"] == pytest.approx(1, rel=1e-5)


@pytest.mark.parametrize(("rows", "expected"), [(2, "10 rows, one per step"), (11, "10 rows, one per step")])
def test_a_prediction_of_other_sequences_is_refused(stepwise, rows, expected):
    """Rows that cannot belong to the examples are an error, not a misalignment."""
    examples, pipeline = stepwise
    with pytest.raises(DataError, match=f"prediction: expected {expected}, came {rows}"):
        ValueTrial.of(predicted(np.zeros(rows)), examples, pipeline, 32)


def test_a_life_is_also_judged_at_the_last_step(stepwise):
    """Of the model and of an alternative, whose answers stay within the bounds of a life."""
    examples, pipeline = stepwise
    pipeline = replace(pipeline, targets=replace(pipeline.targets, bounds=(0.0, 9.0)))
    examples = replace(examples, prepared=replace(examples.prepared, ending=RemainingLife(cap=9)))
    answers = STEPS.copy()
    answers[[5, 9]] = [3, 4]
    trial = ValueTrial.of(predicted(answers), examples, pipeline, 32)
    assert trial.model().metrics["rmse_last"] == pytest.approx(np.sqrt(12.5), rel=1e-5)
    far = trial.alternative(np.full((10, 1), -1e3))
    assert (far.metrics["mae"], far.metrics["rmse_last"]) == (pytest.approx(STEPS.mean()), pytest.approx(0, abs=1e-5))
    assert "phm08" not in far.scaled
