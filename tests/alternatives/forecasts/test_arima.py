"""ARIMA as an alternative."""

import numpy as np
import pytest

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.forecasts.arima import Arima
from seqloom.alternatives.forecasts.arima_terms import Terms


def terms_of(model):
    """Those that all sequences without terms of their own have."""
    return Terms.of(model.series.parameters[-1, 0])


def test_the_terms_of_an_autoregression_are_found(make_windows):
    """Its weights, its mean, and no difference."""
    random = np.random.default_rng(1)
    values = np.zeros(900)
    for step in range(2, 900):
        values[step] = 0.6 * values[step - 1] - 0.3 * values[step - 2] + random.normal()
    model = Arima.fit(make_windows(values + 5, lookback=10, horizon=2), Hints())
    terms = terms_of(model)
    assert (terms.differences, terms.seasonal) == (0, 0)
    assert terms.ar == pytest.approx((0.6, -0.3), abs=0.1)
    assert terms.mean == pytest.approx(5, abs=0.3)


def test_a_random_walk_is_differenced_once(make_windows):
    """And its last value goes on, to little."""
    values = np.cumsum(np.random.default_rng(2).normal(size=600))
    examples = make_windows(values, lookback=10, horizon=3)
    model = Arima.fit(examples, Hints())
    assert terms_of(model).differences == 1
    last = values.astype(np.float32)[examples.stop[-1] - 1]
    np.testing.assert_allclose(model.predict(examples.take([-1]))[0, :, 0], last, atol=0.5)


def test_a_strong_season_is_differenced(make_windows, seasonal):
    """And forecast to the size of the noise."""
    examples = make_windows(seasonal(300), lookback=24, horizon=12)
    model = Arima.fit(examples, Hints(season=12))
    assert terms_of(model).seasonal == 1
    late = examples.take(slice(-60, None))
    assert np.sqrt(np.mean((model.predict(late) - late.truth()) ** 2)) < 0.12


def test_a_season_that_is_not_there_is_not_differenced(make_windows):
    """Noise has none."""
    values = np.random.default_rng(3).normal(size=400)
    assert terms_of(Arima.fit(make_windows(values, lookback=10, horizon=3), Hints(season=12))).seasonal == 0


def test_a_constant_series_is_forecast_as_it_is(make_windows):
    """There is nothing to estimate."""
    examples = make_windows(np.full(100, 3.0), lookback=10, horizon=4)
    np.testing.assert_allclose(Arima.fit(examples, Hints(season=5)).predict(examples), 3.0)


def test_without_a_window_there_is_no_forecast(make_windows, seasonal):
    """The reason says so."""
    nothing = make_windows(seasonal(100), lookback=10, horizon=4).take(slice(0, 0))
    assert isinstance(Arima.fit(nothing, Hints()), Skipped)
