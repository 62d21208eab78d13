import json

import numpy as np
import pytest

from seqloom.alternatives import fit_alternatives
from seqloom.evaluate import MODEL, ClassTrial, ForecastTrial, ValueTrial, alternative_answers, judge, mase_denominators
from seqloom.prepare import joint
from seqloom.sequence import ClassPrediction, ForecastPrediction, ValuePrediction
from seqloom.tasks import TASKS


def sine(count: int = 400):
    return 50 + 10 * np.sin(np.arange(count) * 2 * np.pi / 12) + np.random.default_rng(0).normal(size=count)


@pytest.fixture
def forecasts(make_windows, make_pipeline):
    """Training and test windows of one series, one example per column, and alternatives fitted on the former."""
    pipeline = make_pipeline(sine())
    scaled = pipeline.scale_targets(sine()[None, :, None], np.array(["0"]))[0]
    examples = make_windows(scaled, lookback=24, horizon=4, keys=["0"], independent=True)
    training, test = examples.take(slice(0, 200)), examples.take(slice(230, None))
    return training, test, fit_alternatives(TASKS["forecast"].alternatives, training), pipeline


def predicted(test, pipeline, error: float):
    """A forecast that misses the truth by this much, up and down in turn."""
    signs = np.where(np.arange(len(test)) % 2, 1, -1)[:, None, None]
    values = pipeline.invert_targets(test.truth(), test.keys()) + error * signs
    bounds = np.stack([values - 2, values + 2], axis=-1)
    return ForecastPrediction(values, bounds, (0.05, 0.95), ("y0",), test.keys(), test.times())


def tried(test, pipeline, error: float, training=None):
    """The trial of such a forecast."""
    windows = joint(test)
    denominators = None if training is None else mase_denominators(training, windows, pipeline, 12)
    return ForecastTrial(windows, predicted(test, pipeline, error), pipeline, denominators)


def test_model_and_alternatives_stand_side_by_side(forecasts):
    """One row of metrics each, the model first, all on the same examples."""
    training, test, alternatives, pipeline = forecasts
    judgement = judge(tried(test, pipeline, 0.5, training), alternatives)
    assert list(judgement.metrics) == [MODEL, "naive", "seasonal_naive", "drift", "ridge", "ar"]
    assert judgement.metrics[MODEL]["mae"] == pytest.approx(0.5, rel=1e-4)  # scaled targets are float32
    assert judgement.examples == len(test)


def test_metrics_of_an_alternative_are_those_of_its_answers(forecasts):
    """The naive forecast's error is the change from the last value, computed here from the series itself."""
    training, test, alternatives, pipeline = forecasts
    judgement = judge(tried(test, pipeline, 0.5, training), alternatives)
    ahead = test.stop[:, None] + np.arange(4)
    expected = np.abs(sine()[ahead] - sine()[test.stop - 1][:, None]).mean()
    assert judgement.metrics["naive"]["mae"] == pytest.approx(expected, rel=1e-5)


def test_the_seasonal_naive_has_a_mase_of_about_one(forecasts):
    """Its error ahead is that of its own steps in training, as the season is the same."""
    training, test, alternatives, pipeline = forecasts
    judgement = judge(tried(test, pipeline, 0.5, training), alternatives)
    assert judgement.season == 12
    # About 150 windows of noise of one deviation.
    assert judgement.metrics["seasonal_naive"]["mase"] == pytest.approx(1, abs=0.15)


def test_without_a_training_part_there_is_no_mase(forecasts):
    """Its denominators come from the training part alone."""
    _, test, alternatives, pipeline = forecasts
    assert "mase" not in judge(tried(test, pipeline, 0.5), alternatives).metrics[MODEL]


def test_a_model_that_knows_better_has_earned_its_keep(forecasts):
    """Far smaller errors than any alternative's are a clear yes."""
    _, test, alternatives, pipeline = forecasts
    judgement = judge(tried(test, pipeline, 0.1), alternatives, title="GRU 8")
    assert judgement.verdict.earned == "yes"
    assert judgement.verdict.sentence.startswith("GRU 8 beats ")


def test_a_model_that_errs_more_has_not(forecasts):
    """Far larger errors than the best alternative's are a clear no."""
    _, test, alternatives, pipeline = forecasts
    assert judge(tried(test, pipeline, 8), alternatives).verdict.earned == "no"


def test_a_judgement_survives_json(forecasts):
    """All numbers are plain, none is NaN, and the difference stands beside the saving."""
    training, test, alternatives, pipeline = forecasts
    judgement = judge(tried(test, pipeline, 0.5, training), alternatives)
    plain = json.loads(json.dumps(judgement.to_json(), allow_nan=False))
    first = plain["comparisons"][0]
    assert first["difference"] == first["alternative_error"] - first["model_error"]
    assert plain["verdict"]["sentence"] == judgement.verdict.sentence


def test_answers_of_alternatives_are_in_the_units_of_the_data(forecasts):
    """Where the training part repeats itself around 50, so do the forecasts."""
    _, test, alternatives, pipeline = forecasts
    answers = alternative_answers(alternatives, test, pipeline)
    last = sine()[test.stop - 1]
    np.testing.assert_allclose(answers["naive"][:, 0, 0], last, rtol=1e-5)


def test_classes_are_compared_by_mistakes_and_log_loss(make_sequences):
    """Each alternative is compared by both, and nothing is scaled."""
    drawn = np.random.default_rng(0)
    targets = np.arange(60) % 2
    examples = make_sequences(*drawn.normal(size=(60, 5, 1)), targets=targets)
    truth = np.eye(2)[targets] * 0.8 + 0.1
    prediction = ClassPrediction(np.array(["a", "b"])[targets], truth, ("a", "b"), examples.keys())
    alternatives = fit_alternatives(TASKS["classify"].alternatives, examples.take(slice(0, 40)), classes=2)
    test = ClassPrediction(prediction.labels[40:], truth[40:], ("a", "b"), examples.keys()[40:])
    judgement = judge(ClassTrial(examples.take(slice(40, None)), test), alternatives)
    assert [(c.alternative, c.error) for c in judgement.comparisons[:2]] == [
        ("majority", "mistakes"),
        ("majority", "log loss"),
    ]
    assert (judgement.scaled, judgement.metrics[MODEL]["accuracy"]) == ({}, 1)


def test_where_misses_cost_something_the_verdict_is_by_cost(make_sequences):
    """A model that finds every case, with many false alarms, beats one that never sounds, which errs less often."""
    drawn = np.random.default_rng(0)
    targets = (np.arange(400) % 10 == 0).astype(np.int64)
    examples = make_sequences(*drawn.normal(size=(400, 3, 1)), targets=targets)
    training, test = examples.take(slice(0, 200)), examples.take(slice(200, None))
    positive = np.where((targets == 1) | (np.arange(400) % 4 == 1), 0.3, 0.01)
    stated = np.stack([1 - positive, positive], axis=1)
    prediction = ClassPrediction(np.array(["a", "b"])[(positive > 0.2) * 1], stated, ("a", "b"), examples.keys())
    answer = ClassPrediction(prediction.labels[200:], stated[200:], ("a", "b"), examples.keys()[200:])
    alternatives = fit_alternatives(TASKS["classify"].alternatives[:1], training, classes=2, choosing=training)
    trial = ClassTrial(test, answer, 0.2, 5.0, choosing=training)
    judgement = judge(trial, alternatives, title="GRU 8")
    by_error = {one.error: one for one in judgement.comparisons}
    assert by_error["mistakes"].high < 0
    assert by_error["cost"].model_error == judgement.metrics[MODEL]["cost"]
    assert judgement.verdict.sentence.startswith("GRU 8 beats the majority class by")
    assert "in cost" in judgement.verdict.sentence


def test_values_per_step_are_judged_at_as_many_steps_as_asked(make_sequences, make_pipeline):
    """Two sequences of ten steps give twenty examples, or two where only the last step counts."""
    steps = np.tile(np.arange(9.0, -1, -1), 2)
    pipeline = make_pipeline(steps)
    scaled = pipeline.scale_targets(steps[None, :, None], np.array(["0"]))[0].astype(np.float32)
    examples = make_sequences(*np.zeros((2, 10, 1)), targets=scaled)
    alternatives = fit_alternatives(TASKS["regress"].alternatives, examples)
    prediction = ValuePrediction(steps[:, None], ("y0",), np.repeat(["s0", "s1"], 10))
    counts = [judge(ValueTrial.of(prediction, examples, pipeline, n), alternatives).examples for n in (32, 1)]
    assert counts == [20, 2]
