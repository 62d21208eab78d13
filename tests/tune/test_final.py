"""The final on the test part."""

from types import SimpleNamespace

import numpy as np
import pytest

from seqloom.estimators import FitSettings, fit_dataset
from seqloom.evaluate import Comparison
from seqloom.tune.final import Final, beside, final
from seqloom.tune.record import Tried


def compared(low, high, error="squared error", examples=100):
    middle = (low + high) / 2
    return Comparison("defaults", "the defaults", error, 1 - middle, 1.0, middle, low, high, examples, examples / 2)


def outcome(*comparisons, defaults=False):
    return Final(None, Tried(3, "complete", 0.1, {}, defaults=defaults), {}, {}, comparisons, "LSTM 8")


@pytest.mark.parametrize(
    ("intervals", "result"),
    [
        ([(0.1, 0.3)], "better"),
        ([(-0.3, -0.1)], "worse"),
        ([(-0.1, 0.3)], "undecided"),
        ([(0.1, 0.3), (-0.1, 0.2)], "better"),
        ([(0.1, 0.3), (-0.3, -0.1)], "mixed"),
        ([], "too few"),
    ],
)
def test_the_intervals_decide(intervals, result):
    """Clearly better by one kind of error, and by none clearly worse."""
    assert outcome(*(compared(*ends) for ends in intervals)).result == result


def test_few_examples_decide_nothing():
    """However large the difference."""
    assert outcome(compared(0.4, 0.6, examples=5)).result == "too few"


def test_the_defaults_are_not_compared_with_themselves(job):
    """Where no trial was better, one training tells all."""
    found = final(job, Tried(0, "complete", 0.1, job.usual, defaults=True), given=job.given)
    assert (found.result, found.comparisons, "defaults" in found.metrics) == ("same", (), False)


def test_both_are_trained_and_judged_alike(job, series):
    """The defaults come to what `fit --refit` comes to, the tuned settings to what it comes to with them."""
    drawn = {"hidden_size": 3, "cell": "gru", "learning_rate": 0.01}
    found = final(job, Tried(2, "complete", 0.1, drawn), given=job.given)
    for name, settings in {"defaults": {}, "model": drawn}.items():
        alone = fit_dataset(series, FitSettings.flat({**job.given, "refit": True, **settings}))
        assert found.metrics[name] == alone.judged.judgement.metrics["model"]
    assert {"naive", "ridge"} < set(found.metrics)


def test_the_comparison_is_of_the_same_examples(job):
    """The shares follow from the mean errors of both."""
    drawn = {"hidden_size": 3, "cell": "gru", "learning_rate": 0.01}
    found = final(job, Tried(2, "complete", 0.1, drawn), given=job.given)
    (comparison,) = found.comparisons
    assert comparison.examples == found.fitted.judged.judgement.examples
    assert comparison.model_error == pytest.approx(found.scaled["model"]["mse"], rel=1e-5)
    assert comparison.alternative_error == pytest.approx(found.scaled["defaults"]["mse"], rel=1e-5)


def test_windows_that_only_one_has_are_left_out(job):
    """A longer lookback may leave fewer of them: those that end at the same step are compared."""
    fitted = fit_dataset(job.data[0], FitSettings.flat(job.given))
    judged, fewer = fitted.judged, fitted.judged.examples.take(slice(3, None))
    values = fitted.judged.prediction
    cut = type(values)(**{name: _cut(value, len(judged.examples)) for name, value in vars(values).items()})
    answered = SimpleNamespace(**{**vars(judged.answered), "examples": fewer, "prediction": cut, "training": None})
    other = SimpleNamespace(answered=answered, examples=fewer)
    (comparison,) = beside(judged, other)
    assert (comparison.examples, comparison.relative) == (len(fewer), 0.0)


def _cut(value, examples):
    """Without the first three examples, where there is one entry for each."""
    return value[3:] if isinstance(value, np.ndarray) and len(value) == examples else value
