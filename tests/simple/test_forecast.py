"""Simple forecasts as models."""

import numpy as np
import pytest
import torch

from seqloom.alternatives import Drift, Naive, SeasonalNaive
from seqloom.model import InputSizes, ModelSettings, outputs
from seqloom.simple.forecast import SimpleForecast

SIZES = InputSizes(numbers=1, targets=1, horizon=2)


def model_of(alternative, **settings):
    """A model with a lookback of three steps."""
    return SimpleForecast(ModelSettings(method=alternative.name, lookback=3, horizon=2, **settings), SIZES, alternative)


def test_the_interval_is_as_wide_as_its_offsets(make_windows):
    """The same distance below and above, by the step ahead."""
    model = model_of(Naive())
    model.interval_offsets.copy_(torch.tensor([[1.0], [2.0]]))
    found = outputs(model, make_windows(np.arange(6.0), lookback=3, horizon=2))
    assert found["values"][:, :, 0].tolist() == [[2, 2], [3, 3]]
    assert found["quantiles"][0, :, 0].tolist() == [[1, 3], [0, 4]]


def test_a_prediction_is_in_the_units_of_the_data(make_windows, make_pipeline):
    """With the levels of the interval that was asked for."""
    model, windows = model_of(Naive(), interval=0.8), make_windows(np.zeros(6), lookback=3, horizon=2)
    pipeline = make_pipeline(np.array([10.0, 20.0, 30.0]))
    prediction = model.prediction(outputs(model, windows), pipeline, windows)
    np.testing.assert_allclose(prediction.values, 20)
    assert prediction.levels == pytest.approx((0.1, 0.9))


@pytest.mark.parametrize(
    ("alternative", "reach"), [(Naive(), 3), (Drift(), 3), (SeasonalNaive(2), 3), (SeasonalNaive(12), 12)]
)
def test_a_stream_keeps_what_is_looked_at_and_waits_for_the_lookback(alternative, reach):
    """A season may be longer than the lookback, which is all that a forecast needs."""
    model = model_of(alternative)
    assert (model.reach, model.fewest) == (reach, 3)


def test_a_method_that_says_nothing_looks_at_all_steps():
    """Its streams keep them."""

    class Whole:
        name, title = "whole", "a method"

    assert model_of(Whole()).reach is None


def test_an_answer_of_another_shape_is_refused(make_windows):
    """Whatever numbers were read from an artifact."""
    with pytest.raises(ValueError, match=r"expected an answer of shape \(2, 2, 1\), came \(2, 2, 2\)"):
        model_of(Naive()).at_once(make_windows(np.zeros((6, 2)), lookback=3, horizon=2))
