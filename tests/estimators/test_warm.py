"""A training that begins where another one ended."""

import numpy as np
import pytest
import torch

from seqloom.errors import SettingsError
from seqloom.estimators import FitSettings, Forecaster, SequenceClassifier, continued, fit_planned, plan_from
from seqloom.read import read


def weights(model):
    """All weights in one row."""
    return torch.cat([weight.detach().flatten() for weight in model.parameters()])


@pytest.fixture
def later(make_series):
    """A table like that of the training, a year later and at another level."""
    return make_series(100, level=0.5, start="2025-01-01")


def test_the_first_update_starts_from_the_weights_of_the_model(forecast, later):
    """With its preparation, its network, its settings; the model itself stays as it is."""
    bundle, before = forecast.bundle, weights(forecast.bundle.model).clone()
    planned = plan_from(read(later, schema=bundle.schema), bundle, continued(bundle, {"epochs": 2}))
    assert planned.pipeline is bundle.pipeline
    assert torch.equal(weights(planned.fresh(planned.examples["train"])), before)
    assert (planned.used["lookback"], planned.used["epochs"]) == (7, 2)
    fitted = fit_planned(planned)
    assert not torch.equal(weights(fitted.bundle.model), before)
    assert torch.equal(weights(bundle.model), before)
    assert fitted.bundle.fingerprint != bundle.fingerprint


def test_what_was_learned_is_not_lost(make_series, later):
    """With next to no learning the answers are those of the model."""
    model = Forecaster(horizon=2, lookback=7, epochs=2, hidden_size=4).fit(make_series(), target="load")
    still = Forecaster(settings={"learning_rate": 1e-9, "weight_decay": 0}, epochs=1).fit(later, start=model)
    assert np.allclose(still.predict(later).values, model.predict(later).values, atol=1e-6)
    moved = Forecaster(epochs=3).fit(later, start=model)
    assert not np.allclose(moved.predict(later).values, model.predict(later).values, atol=1e-3)


def test_labels_are_those_of_the_model(make_labelled):
    """Of the kind that was given when it was fitted."""
    sequences = [np.full((4, 1), k % 2) + 0.1 * k for k in range(30)]
    model = SequenceClassifier(epochs=1, hidden_size=4).fit(sequences, [k % 2 for k in range(30)])
    further = SequenceClassifier(epochs=1).fit(sequences, [k % 2 for k in range(30)], start=model)
    assert further.classes_.tolist() == model.classes_.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"hidden_size": 8}, "hidden_size: expected 4, as in the model the training begins from, came 8; leave it out"),
        ({"lookback": 9}, "lookback: expected 7, as in the model"),
        ({"scaling": "minmax"}, "scaling: expected standard, as in the model"),
        ({"task": "regress"}, "task: expected forecast, as in the model"),
        ({"resample": "2d"}, "resample: expected none, as in the model"),
    ],
)
def test_what_the_weights_would_not_fit_is_refused(forecast, given, words):
    """By its name, with what it was."""
    with pytest.raises(SettingsError, match=words):
        continued(forecast.bundle, given)


def test_settings_of_the_training_are_free(forecast):
    """So are those that say how data are read and cut, and those that say what the model is anyway."""
    given = {"epochs": 9, "learning_rate": 0.1, "test_size": 0.3, "on_error": "skip", "hidden_size": 4}
    settings = continued(forecast.bundle, given)
    assert (settings.train.epochs, settings.split.test_size, settings.read.on_error) == (9, 0.3, "skip")
    assert settings.model == forecast.bundle.model.settings


def test_columns_that_only_said_the_parts_are_not_asked_for_again(forecast):
    """They are no columns of the model."""
    bundle = forecast.bundle
    with_column = type(bundle)(**{**vars(bundle), "settings": {**bundle.settings, "split_column": "part"}})
    assert continued(with_column, {}).split.split_column is None


def test_a_flag_is_named_as_it_was_written(forecast):
    """With its hyphens."""
    with pytest.raises(SettingsError, match="--hidden-size: expected 4"):
        continued(forecast.bundle, {"hidden_size": 8}, flags={"hidden_size"})
    assert isinstance(continued(forecast.bundle, {}), FitSettings)
