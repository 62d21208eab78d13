"""The task of forecasts."""

import numpy as np
import pytest
import torch

from seqloom.alternatives import Hints, LookbackRidge
from seqloom.model import build, outputs
from seqloom.tasks.forecast import FORECAST, calibrate, outcome, sections, sketch, start, untrained


def test_without_a_training_part_the_simplest_alternatives_remain():
    """What must be learned is listed as skipped."""
    alternatives = untrained(24)
    names = [alternative.name for alternative in alternatives.fitted]
    assert (names, sorted(alternatives.skipped)) == (["naive", "seasonal_naive", "drift"], ["ar", "ridge"])


def test_truth_and_history_are_in_the_units_of_the_data(forecast):
    """The steps before and after a window's border are those of the series."""
    shown = outcome(forecast.judged.answered)
    series, stop = forecast.walked.parts.dataset.steps["load"], int(forecast.judged.examples.stop[0])
    # 1e-6: the prepared series is float32 in scaled units
    np.testing.assert_allclose(shown.truth[0, :, 0], series[stop : stop + 2], rtol=0, atol=1e-6)
    np.testing.assert_allclose(shown.history[0, :, 0], series[stop - 6 : stop], rtol=0, atol=1e-6)


def test_the_sketch_shows_the_last_window_of_the_first_sequence(forecast):
    """Forecast, interval and truth of one window."""
    drawn = sketch(forecast.judged.answered)
    np.testing.assert_array_equal(drawn.forecast, forecast.judged.prediction.values[-1, :, 0])
    assert drawn.labels[2] == "2024-03-20"


def test_alternatives_are_drawn_beside_the_model(forecast):
    """The error by steps ahead has a line for each alternative."""
    text = "".join(section.model_dump_json() for section in sections(forecast.judged.answered))
    assert "ridge" in text


def test_intervals_hold_what_they_promise_on_the_validation_part(forecast):
    """At each step ahead at least nine in ten known values lie inside."""
    model, validation = forecast.walked.model, forecast.walked.examples["validation"]
    quantiles, truth = outputs(model, validation)["quantiles"], validation.truth()
    inside = (quantiles[..., 0] <= truth) & (truth <= quantiles[..., 1])
    assert (inside.mean(axis=0) >= 0.9).all()


def test_calibrating_twice_changes_nothing(forecast):
    """The offsets are measured from the bare quantiles, not on top of older offsets."""
    model = forecast.walked.model
    before = model.interval_offsets.clone()
    calibrate(model, forecast.walked.examples["validation"])
    torch.testing.assert_close(model.interval_offsets, before, rtol=0, atol=0)


def test_what_was_measured_can_be_adopted(forecast):
    """A model trained anew takes over the width of the intervals."""
    model = forecast.walked.model
    other = type(model)(model.settings, model.sizes)
    assert not torch.equal(other.interval_offsets, model.interval_offsets)
    FORECAST.adopt(other, model)
    torch.testing.assert_close(other.interval_offsets, model.interval_offsets, rtol=0, atol=0)


def test_a_forecast_starts_from_ridge_regression(forecast):
    """Before training, the model forecasts what ridge regression on as many past values does."""
    walked = forecast.walked
    model = build("forecast", walked.settings.model.model_copy(update={"linear": 7}), walked.model.sizes).eval()
    start(model, walked.examples["train"], seed=0)
    ridge = LookbackRidge.fit(walked.examples["train"], Hints(seed=0))
    ours, theirs = outputs(model, walked.examples["test"])["values"], ridge.predict(walked.examples["test"])
    # 1e-4: ridge works in float64, the model in float32
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-4)


@pytest.mark.parametrize("linear", [0])
def test_without_a_linear_path_nothing_is_set(forecast, linear):
    """The weights stay as they were drawn."""
    walked = forecast.walked
    model = build("forecast", walked.settings.model.model_copy(update={"linear": linear}), walked.model.sizes)
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    start(model, walked.examples["train"], seed=0)
    assert all(bool((tensor == before[name]).all()) for name, tensor in model.state_dict().items())
