"""The estimator that forecasts."""

import numpy as np
import pytest

from seqloom import Forecaster
from seqloom.errors import NotFittedError, SchemaError


@pytest.fixture(scope="module")
def model(make_series):
    """A fitted forecaster of a weekly wave."""
    return Forecaster(2, lookback=7, hidden_size=4, epochs=1).fit(make_series(), target="load", time="day")


def test_a_forecast_follows_the_last_step(model, make_series):
    """The time stamps are those after the end of the table."""
    expected = np.datetime64("2024-03-21") + np.arange(2)
    assert model.predict(make_series()).times[0].tolist() == expected.astype("datetime64[us]").tolist()


def test_a_forecast_has_a_value_for_each_step_and_target(model, make_series):
    """One example, two steps ahead, one target, two quantiles."""
    assert model.predict(make_series()).quantiles.shape == (1, 2, 1, 2)


def test_only_the_lookback_is_needed(model, make_series):
    """The last seven steps give the forecast of the whole table."""
    table = make_series()
    end = {name: values[-7:] for name, values in table.items()}
    np.testing.assert_array_equal(model.predict(end).values, model.predict(table).values)


def test_the_target_of_the_future_is_never_asked_for(model, make_series):
    """Rows after the last known target are what is forecast."""
    table = make_series()
    table["load"][-2:] = np.nan
    before = {name: values[:-2] for name, values in table.items()}
    np.testing.assert_array_equal(model.predict(table).values, model.predict(before).values)


def test_the_constructor_decides_over_further_settings(make_series):
    """What stands in the signature wins over the same name in `settings`."""
    chosen = Forecaster(horizon=2, hidden_size=4, settings={"horizon": 3, "lookback": 7, "epochs": 1})
    assert chosen.fit(make_series(), target="load").predict(make_series()).values.shape[1] == 2


def test_before_a_fit_there_is_nothing_to_predict_with(make_series):
    """The message says what to do."""
    with pytest.raises(NotFittedError, match="Forecaster: expected a fitted estimator, came one before fit; call fit"):
        Forecaster().predict(make_series())


def test_an_array_of_several_features_needs_a_target():
    """Which of them is to be forecast cannot be guessed."""
    with pytest.raises(SchemaError, match="expected a target column, came columns x0, x1"):
        Forecaster(epochs=1).fit(np.zeros((3, 40, 2)))
