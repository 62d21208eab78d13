"""Exponential smoothing as an alternative."""

import numpy as np
import pytest
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.forecasts.ets import ExponentialSmoothing
from seqloom.alternatives.forecasts.smoothing import Weights


def test_a_season_and_a_trend_are_found(make_windows, seasonal):
    """And forecast to the size of the noise, which the naive forecast misses by far."""
    examples = make_windows(seasonal(400), lookback=24, horizon=12)
    model = ExponentialSmoothing.fit(examples, Hints(season=12))
    late = examples.take(slice(-60, None))
    error = np.sqrt(np.mean((model.predict(late) - late.truth()) ** 2))
    assert error < 0.1
    assert Weights(*model.series.parameters[-1, 0]).season >= 0


def test_weights_are_those_that_statsmodels_estimates(make_windows):
    """Of a level that wanders, without a season."""
    random = np.random.default_rng(0)
    values = np.cumsum(random.normal(0, 0.5, 600)) + random.normal(0, 1, 600)
    examples = make_windows(values, lookback=24, horizon=1)
    model = ExponentialSmoothing.fit(examples, Hints())
    reference = ETSModel(values.astype(np.float32).astype(np.float64), error="add", initialization_method="heuristic")
    assert model.series.parameters[0, 0, 0] == pytest.approx(reference.fit(disp=False).params[0], abs=0.02)


def test_a_constant_series_is_forecast_as_it_is(make_windows):
    """There is nothing to estimate."""
    examples = make_windows(np.full(100, 3.0), lookback=10, horizon=4)
    np.testing.assert_allclose(ExponentialSmoothing.fit(examples, Hints(season=5)).predict(examples), 3.0)


def test_the_beginning_of_a_sequence_is_enough(make_windows, seasonal):
    """Where fewer values than it looks back on are known, the first one stands for those before it."""
    examples = make_windows(seasonal(300), lookback=12, horizon=6)
    assert np.isfinite(ExponentialSmoothing.fit(examples, Hints(season=12)).predict(examples.take([0]))).all()


def test_without_a_window_there_is_no_forecast(make_windows, seasonal):
    """The reason says so."""
    nothing = make_windows(seasonal(100), lookback=10, horizon=4).take(slice(0, 0))
    assert isinstance(ExponentialSmoothing.fit(nothing, Hints()), Skipped)
