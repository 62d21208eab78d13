import numpy as np
import pytest

from seqloom.alternatives import cycle_lags, seasonality

HOURS = np.datetime64("2024-01-01T00", "us") + np.arange(2000) * np.timedelta64(1, "h").astype("timedelta64[us]")
MONTHS = np.arange("2000-01", "2012-01", dtype="datetime64[M]").astype("datetime64[us]")


def noise(count: int, seed: int = 0):
    return np.random.default_rng(seed).normal(size=count)


def daily(count: int = 2000):
    return np.sin(np.arange(count) * 2 * np.pi / 24)


def test_an_hourly_series_with_a_daily_pattern_has_24_steps(make_windows):
    """The clock proposes a day and a week, the autocorrelation confirms the day."""
    values = daily() + 0.3 * noise(2000)
    assert seasonality(make_windows(values, lookback=24, horizon=1, times=HOURS)) == 24


def test_a_weekly_pattern_outdoes_the_daily_one(make_windows):
    """Where only the same hour of the same weekday repeats, the week is the season."""
    week = noise(168)
    values = np.tile(week, 12)[:2000] + 0.1 * noise(2000, 1)
    assert seasonality(make_windows(values, lookback=24, horizon=1, times=HOURS)) == 168


def test_a_monthly_series_on_a_trend_has_12_steps(make_windows):
    """Unequal months and a trend do not hide the year."""
    steps = np.arange(len(MONTHS))
    values = 0.5 * steps + 5 * np.cos(steps * 2 * np.pi / 12) + noise(len(steps))
    assert seasonality(make_windows(values, lookback=12, horizon=1, times=MONTHS)) == 12


@pytest.mark.parametrize("times", [HOURS, None], ids=["clock", "no clock"])
def test_a_random_walk_has_no_season(make_windows, times):
    """What the clock proposes is refused where the series does not repeat, and nothing is found without a clock."""
    assert seasonality(make_windows(noise(2000).cumsum(), lookback=24, horizon=1, times=times)) == 1


def test_without_a_clock_the_period_is_found(make_windows):
    """A pattern of 17 steps is found where nothing proposes it."""
    pattern = np.tile(noise(17), 40)
    assert seasonality(make_windows(pattern + 0.2 * noise(680, 2), lookback=5, horizon=1)) == 17


def test_a_constant_series_has_no_season(make_windows):
    """A series without any change is answered, not divided by its spread."""
    assert seasonality(make_windows(np.ones(100), lookback=5, horizon=1, times=HOURS[:100])) == 1


def test_only_the_training_rows_count(make_windows):
    """A pattern that begins after the training windows is not seen."""
    values = np.concatenate([noise(1000), daily(1000)])
    examples = make_windows(values, lookback=24, horizon=1, times=HOURS)
    assert seasonality(examples.take(np.flatnonzero(examples.stop < 1000))) == 1


def test_a_handful_of_steps_has_no_season(make_windows):
    """Too few steps for two seasons of any length give none."""
    assert seasonality(make_windows(np.array([1.0, 2, 1, 3]), lookback=2, horizon=1)) == 1


def test_trading_days_come_five_to_a_week(make_windows):
    """Where no stamp falls on a weekend the week has five steps, and holidays do not matter."""
    days = np.arange("2020-01-01", "2022-01-01", dtype="datetime64[D]")
    days = np.delete(days[np.is_busday(days)], [50, 100, 150, 200]).astype("datetime64[us]")
    values = np.tile(noise(5), len(days))[: len(days)] + 0.1 * noise(len(days))
    assert seasonality(make_windows(values, lookback=5, horizon=1, times=days)) == 5


@pytest.mark.parametrize(
    ("seconds", "lags"),
    [
        pytest.param(600.0, (6, 144, 1008, 52595), id="ten minutes"),
        pytest.param(7 * 86400.0, (52,), id="a week"),
        pytest.param(28 * 86400.0, (12,), id="February"),
        pytest.param(91 * 86400.0, (4,), id="a quarter"),
        pytest.param(365 * 86400.0, (), id="a year"),
    ],
)
def test_cycles_are_counted_in_whole_steps(seconds, lags):
    """Each clock has the cycles that fit it, the calendar's unequal months included."""
    assert cycle_lags(seconds) == lags


def test_cycles_that_are_no_whole_number_of_steps_are_left_out():
    """An hour is 14.4 steps of 250 seconds, which is no lag."""
    assert 14 not in cycle_lags(250.0)
