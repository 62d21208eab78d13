"""The Theta method beside that of statsmodels."""

import numpy as np
import pytest
from statsmodels.tsa.forecasting.theta import ThetaModel

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.forecasts.smoothing import reach_for
from seqloom.alternatives.forecasts.theta import Theta, decomposed


def test_forecasts_are_those_of_statsmodels(make_windows):
    """Without a season, for a series as long as what is looked back on, to what the start of the level makes out."""
    random = np.random.default_rng(0)
    values = (0.05 * np.arange(reach_for(1)) + np.cumsum(random.normal(0, 0.3, reach_for(1)))).astype(np.float32)
    examples = make_windows(np.concatenate([values, values[-6:]]), lookback=20, horizon=6)
    model = Theta.fit(examples.take(slice(0, 80)), Hints())
    found = model.predict(examples.take([-1]))[0, :, 0]
    reference = ThetaModel(values.astype(np.float64), deseasonalize=False).fit(use_mle=False)
    alpha = float(model.series.parameters[-1, 0, 0])
    assert alpha == pytest.approx(reference.params["alpha"], abs=0.15)  # estimated on other rows
    np.testing.assert_allclose(found, reference.forecast(6), atol=0.06)


def test_season_and_slope_are_told_apart():
    """Of a straight line with a season on it both are found."""
    steps = np.arange(48.0)
    season = np.array([1.0, -2.0, 0.5, 0.5])
    parts, slope = decomposed((2 + 0.3 * steps + np.tile(season, 12))[None], 4)
    np.testing.assert_allclose(parts[0], season, atol=0.05)
    assert slope[0] == pytest.approx(0.3, abs=0.001)


def test_the_season_goes_on_where_it_stood(make_windows, seasonal):
    """Whatever step of it the forecast begins at."""
    examples = make_windows(seasonal(500, slope=0.0), lookback=24, horizon=12)
    late = examples.take(slice(-13, None))
    model = Theta.fit(examples, Hints(season=12))
    assert np.sqrt(np.mean((model.predict(late) - late.truth()) ** 2)) < 0.15


def test_half_the_slope_goes_on(make_windows):
    """Of a straight line: from its last value on, as the method says."""
    examples = make_windows(np.arange(300.0), lookback=10, horizon=4)
    found = Theta.fit(examples, Hints()).predict(examples.take([-1]))[0, :, 0]
    np.testing.assert_allclose(np.diff(found), 0.5, atol=1e-6)


def test_without_a_window_there_is_no_forecast(make_windows, seasonal):
    """The reason says so."""
    nothing = make_windows(seasonal(100), lookback=10, horizon=4).take(slice(0, 0))
    assert isinstance(Theta.fit(nothing, Hints()), Skipped)
