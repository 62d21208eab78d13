"""The space where nobody says otherwise."""

import numpy as np
import polars as pl
import pytest

from seqloom.estimators import FitSettings, plan
from seqloom.read import ReadSettings, read
from seqloom.tune.space import Choice, Whole
from seqloom.tune.usual import activations, usual_space


@pytest.fixture(scope="module")
def forecast(series):
    return plan(series, FitSettings.flat({"target": "load", "horizon": 2}))


@pytest.fixture(scope="module")
def classes():
    """Rising and falling sequences."""
    rows = [
        {"id": f"s{number:02}", "x": float(step * (1 if number % 2 else -1)), "kind": ("down", "up")[number % 2]}
        for number in range(40)
        for step in range(5)
    ]
    dataset = read(pl.DataFrame(rows), settings=ReadSettings(target=("kind",), group="id"))
    return plan(dataset, FitSettings.flat({"target": "kind", "group": "id"}))


def test_a_forecast_is_searched_by_its_lookback(forecast):
    """It has one, and reads forwards only, and has nothing to pool."""
    settings = set(usual_space(forecast, ()).settings)
    assert {"hidden_size", "layers", "cell", "activation", "dropout", "optimizer", "lookback"} < settings
    assert {"learning_rate", "schedule", "batch_size", "epochs"} < settings
    assert not settings & {"pooling", "bidirectional"}


def test_classes_are_searched_by_pooling_and_direction(classes):
    """The whole sequence is known."""
    settings = usual_space(classes, ()).settings
    assert {"pooling", "bidirectional"} < set(settings)
    assert "lookback" not in settings


def test_what_is_given_is_not_searched(forecast):
    """A flag fixes its setting."""
    assert not {"cell", "epochs"} & set(usual_space(forecast, {"cell", "epochs"}).settings)


@pytest.mark.parametrize("name", ["forecast", "classes"])
def test_what_the_data_would_choose_lies_in_the_space(name, request):
    """The defaults are a trial like any other, which the sampler learns from."""
    planned = request.getfixturevalue(name)
    space = usual_space(planned, ())
    usual = {**planned.used, "activation": "tanh"}
    held = space.held(usual, {})
    searched = {one.name for one in space.searched if one.counts(usual)}
    assert set(held) == searched


def test_a_lookback_leaves_room_for_training(forecast):
    """Half of the training part is the most, as for the defaults."""
    (lookback,) = (one.range for one in usual_space(forecast, ()).searched if one.setting == "lookback")
    train = int(np.diff(forecast.parts.split.borders[0])[0])
    assert isinstance(lookback, Whole)
    assert lookback.high <= (train - 2) // 2


def test_cells_with_one_activation_have_none_to_search():
    """A GRU has its tanh; an LSTM may have relu, an RNN four."""
    found = {one.when["cell"]: one.range for one in activations(("lstm", "gru", "rnn", "mingru"))}
    assert found == {
        ("lstm",): Choice(("tanh", "relu")),
        ("rnn",): Choice(("tanh", "relu", "elu", "sigmoid")),
    }


def test_activations_that_were_named_go_to_the_cells_that_have_them():
    """Of tanh and elu an LSTM has the first, which is its usual one, and an RNN both."""
    found = {one.when["cell"]: one.range for one in activations(("lstm", "rnn"), ("tanh", "elu"))}
    assert found == {("rnn",): Choice(("tanh", "elu"))}
