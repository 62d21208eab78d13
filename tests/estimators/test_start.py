"""Where weights start."""

import numpy as np
import pytest

from seqloom.estimators.start import start
from seqloom.evaluate import Hints, LookbackRidge
from seqloom.model import RegressModel, build, outputs


def test_a_forecast_starts_from_ridge_regression(forecast):
    """Before training, the model forecasts what ridge regression on as many past values does."""
    walked = forecast.walked
    model = build("forecast", walked.settings.model.model_copy(update={"linear": 7}), walked.model.sizes).eval()
    start(model, walked.examples["train"], seed=0)
    ridge = LookbackRidge.fit(walked.examples["train"], Hints(seed=0))
    ours, theirs = outputs(model, walked.examples["test"])["values"], ridge.predict(walked.examples["test"])
    # 1e-4: ridge works in float64, the model in float32
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-4)


@pytest.mark.parametrize("linear", [0])
def test_without_a_linear_path_nothing_is_set(forecast, linear):
    """The weights stay as they were drawn."""
    walked = forecast.walked
    model = build("forecast", walked.settings.model.model_copy(update={"linear": linear}), walked.model.sizes)
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    start(model, walked.examples["train"], seed=0)
    assert all(bool((tensor == before[name]).all()) for name, tensor in model.state_dict().items())


def test_other_models_start_at_random(regressed):
    """Only forecasts have a known start."""
    model = build("regress", regressed.walked.settings.model, regressed.walked.model.sizes)
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    start(model, regressed.walked.examples["train"], seed=0)
    assert isinstance(model, RegressModel)
    assert all(bool((tensor == before[name]).all()) for name, tensor in model.state_dict().items())
