import numpy as np
import pytest

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.forecasts.seasonal_naive import SeasonalNaive


def test_the_last_season_comes_again_and_again(make_windows):
    """A horizon longer than a season repeats the season from its start."""
    examples = make_windows(np.arange(12.0), lookback=4, horizon=5)
    forecast = SeasonalNaive.fit(examples, Hints(season=3)).predict(examples)
    assert forecast[0, :, 0].tolist() == [1, 2, 3, 1, 2]


def test_a_series_that_repeats_is_forecast_without_error(make_windows):
    """On an exact repetition the forecast equals the truth, whatever the lookback."""
    examples = make_windows(np.tile([3.0, 1, 4, 1, 5], 6), lookback=7, horizon=8)
    np.testing.assert_array_equal(SeasonalNaive(5).predict(examples), examples.truth())


def test_a_season_beyond_the_lookback_is_looked_up_in_the_sequence(make_windows):
    """The season may reach back before the lookback, as those values are known."""
    examples = make_windows(np.arange(12.0), lookback=2, horizon=1)
    assert SeasonalNaive(6).predict(examples)[4:, 0, 0].tolist() == [0, 1, 2, 3, 4, 5]


def test_before_a_first_season_the_last_value_is_repeated(make_windows):
    """A window of the second sequence never takes a season from the first."""
    examples = make_windows(np.zeros(9), np.arange(7.0, 16.0), lookback=2, horizon=2)
    second = examples.take(np.flatnonzero(examples.sequence == 1))
    assert SeasonalNaive(5).predict(second)[0, :, 0].tolist() == [8, 8]


def test_without_a_season_it_is_skipped(make_windows):
    """It would be the naive forecast once more."""
    outcome = SeasonalNaive.fit(make_windows(np.arange(9.0), lookback=2, horizon=2), Hints(season=1))
    assert outcome == Skipped("no season was found in the training part")


@pytest.mark.parametrize("season", [2, 7])
def test_nothing_ahead_is_used(make_windows, season):
    """Changing the horizon's own values changes no forecast."""
    values = np.arange(20.0)
    examples = make_windows(values, lookback=8, horizon=12)
    changed = make_windows(np.where(np.arange(20) < 8, values, -1), lookback=8, horizon=12)
    np.testing.assert_array_equal(SeasonalNaive(season).predict(examples), SeasonalNaive(season).predict(changed))
