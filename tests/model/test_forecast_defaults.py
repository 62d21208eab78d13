"""What a forecast chooses from the data."""

import numpy as np
import pytest

from seqloom.errors import SettingsError
from seqloom.model import Facts, ModelSettings
from seqloom.model.forecast_defaults import choose_forecast


def chosen(steps=720, season=24, test=100, **given):
    """The settings for one series of so many training steps."""
    return choose_forecast(ModelSettings(**given), Facts(np.array([steps]), season=season, shortest_test=test))


def test_hourly_data_of_a_month_gets_a_day_ahead_and_three_back():
    """Horizon, lookback, the linear path and the width follow season and length."""
    settings = chosen().settings
    assert (settings.horizon, settings.lookback, settings.linear, settings.hidden_size) == (24, 72, 36, 32)


def test_every_choice_has_a_reason():
    """What was left open is told with its reason."""
    assert set(chosen().reasons) == {"horizon", "lookback", "linear", "dropout", "hidden_size", "stride"}


def test_what_was_given_is_not_chosen():
    """A setting the user made stays, and no reason is invented for it."""
    given = {"horizon": 5, "lookback": 9, "linear": 3, "dropout": 0.1, "hidden_size": 7, "stride": 2}
    result = chosen(**given)
    assert (result.settings, result.reasons) == (ModelSettings(**given), {})


def test_a_short_series_gets_what_it_allows():
    """Horizon and lookback leave room for training windows and fit the test part."""
    settings = chosen(steps=26, season=1, test=5).settings
    assert (settings.horizon, settings.lookback) == (5, 10)


def test_the_linear_path_spans_a_season():
    """A lookback of just over a season is seen by the linear path as a whole."""
    assert chosen(season=12, horizon=1, lookback=13).settings.linear == 13


@pytest.mark.parametrize(("channels", "stride"), [("independent", 5), ("joint", 3)])
def test_very_long_series_are_taught_by_some_of_their_windows(channels, stride):
    """A million steps of two targets have more examples than can be used."""
    facts = Facts(np.array([1_000_000]), season=24, shortest_test=1_000, targets=2)
    assert choose_forecast(ModelSettings(channels=channels), facts).settings.stride == stride


@pytest.mark.parametrize("given", [{"supervise": "last"}, {"normalize": "window"}])
def test_the_linear_path_spans_the_lookback_where_only_the_last_row_is_taught(given):
    """No row of the lookback is lost to teaching then."""
    settings = chosen(**given).settings
    assert settings.linear == settings.lookback


def test_a_chosen_lookback_is_a_multiple_of_the_segment():
    """Segments fill the lookback."""
    assert chosen(segment=7).settings.lookback == 70


def test_a_forecast_that_reads_backwards_is_refused():
    """Reading backwards would show the network what it has to predict."""
    with pytest.raises(SettingsError, match="bidirectional: expected a forecast that reads forwards only"):
        chosen(bidirectional=True)


def test_nothing_that_needs_an_order_is_left_where_steps_are_shuffled():
    """No last value to start from, no linear path, and only whole lookbacks are taught; each with its reason."""
    result = chosen(order="shuffled")
    settings = result.settings
    assert (settings.normalize, settings.linear, settings.supervise) == ("window", 0, "last")
    assert {"normalize", "linear", "supervise"} <= set(result.reasons)


@pytest.mark.parametrize(("name", "value"), [("linear", 12), ("normalize", "mean")])
def test_what_needs_an_order_is_refused_where_steps_are_shuffled(name, value):
    """By name."""
    with pytest.raises(SettingsError, match=f"{name}: expected .* in shuffled order, came"):
        chosen(order="shuffled", **{name: value})
