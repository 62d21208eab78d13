"""Exponential smoothing beside that of statsmodels."""

import numpy as np
import pytest
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from seqloom.alternatives.forecasts.smoothing import Weights, ahead, reach_for, smooth


@pytest.mark.parametrize("season", [1, 12])
def test_forecasts_are_those_of_statsmodels_from_the_same_start(seasonal, season):
    """With a damped trend; the start is the mean of the first season, its deviations, and no trend."""
    values = seasonal(120)
    weights = Weights(0.3, 0.05, 0.1 if season > 1 else -1.0, 0.9)
    level = values[:season].mean()
    words = {"initial_level": level, "initial_trend": 0.0}
    parameters = [0.3, 0.05, 0.9]
    if season > 1:
        words |= {"seasonal": "add", "seasonal_periods": season, "initial_seasonal": values[:season] - level}
        parameters = [0.3, 0.05, 0.1, 0.9]
    model = ETSModel(values, error="add", trend="add", damped_trend=True, initialization_method="known", **words)
    reference = model.smooth(np.array(parameters))
    found = ahead(smooth(values[None], season, weights), 0.9, 15)[0]
    np.testing.assert_allclose(found, reference.forecast(15), rtol=1e-8, atol=1e-8)


def test_each_row_is_smoothed_by_itself(seasonal):
    """Many windows at once are no different from one after the other."""
    values = np.stack([seasonal(60, seed) for seed in range(3)])
    weights = Weights(0.5, 0.1, 0.2, 1.0)
    together = ahead(smooth(values, 12, weights), 1.0, 5)
    alone = np.concatenate([ahead(smooth(row[None], 12, weights), 1.0, 5) for row in values])
    np.testing.assert_array_equal(together, alone)


def test_a_level_that_follows_at_once_is_the_last_value(seasonal):
    """Which is the naive forecast."""
    values = seasonal(40)
    found = ahead(smooth(values[None], 1, Weights(1.0, 0.0, -1.0, 1.0)), 1.0, 3)
    np.testing.assert_allclose(found, np.full((1, 3), values[-1]))


def test_a_look_back_is_of_whole_seasons():
    """At least 128 values and three seasons."""
    assert [reach_for(season) for season in (1, 12, 24, 168)] == [128, 132, 144, 504]
