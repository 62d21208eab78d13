"""What all methods of single series share."""

import numpy as np
import pytest

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.forecasts.arima import Arima
from seqloom.alternatives.forecasts.ets import ExponentialSmoothing
from seqloom.alternatives.forecasts.series_method import LONGEST_SEASON, SeriesMethod
from seqloom.alternatives.forecasts.smoothing import reach_for
from seqloom.alternatives.forecasts.theta import Theta


class Level(SeriesMethod):
    """The mean of the series goes on."""

    name = "level"
    title = "the level"

    @staticmethod
    def learned(values, season):  # noqa: ARG004 - as all methods
        """The mean."""
        return np.array([values.mean()])

    @staticmethod
    def unforeseen(parameters, values, season):  # noqa: ARG004 - as all methods
        """The mean square of the distance from it."""
        return float(((values - parameters[0]) ** 2).mean())

    @staticmethod
    def ahead(parameters, values, season, horizon):  # noqa: ARG004 - as all methods
        """The mean at every step."""
        return np.full((len(values), horizon), parameters[0])


def test_each_series_goes_on_by_its_own_model(make_windows):
    """Two levels, two forecasts."""
    examples = make_windows(np.full(30, 1.0), np.full(30, 3.0), lookback=4, horizon=2)
    found = Level.fit(examples, Hints()).predict(examples)
    assert found[examples.sequence == 0].mean() == 1
    assert found[examples.sequence == 1].mean() == 3


def test_a_season_that_is_too_long_is_left_out(make_windows):
    """And so is what would be looked back on for it."""
    examples = make_windows(np.arange(40.0), lookback=4, horizon=2)
    model = Level.fit(examples, Hints(season=LONGEST_SEASON + 1))
    assert (model.season, model.reach) == (1, reach_for(1))


@pytest.mark.parametrize("season", [0, LONGEST_SEASON + 1])
def test_a_season_that_cannot_be_is_refused(season):
    """Whoever made it."""
    with pytest.raises(ValueError, match=f"a season of {season} steps"):
        Level(None, season)


@pytest.mark.parametrize("method", [Arima, ExponentialSmoothing, Theta])
def test_without_a_window_there_is_nothing_to_learn(make_windows, method):
    """The reason says so."""
    nothing = make_windows(np.arange(40.0), lookback=4, horizon=2).take(slice(0, 0))
    assert method.fit(nothing, Hints()) == Skipped("the training part has no window")
