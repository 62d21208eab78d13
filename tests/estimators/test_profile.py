"""What an artifact keeps of its training, for those who watch its live streams."""

import json

import numpy as np
import pytest

import seqloom
from seqloom.artifact import load, save
from seqloom.monitor import PROFILE, Facts


def test_a_forecast_keeps_its_inputs_and_how_good_it_was(forecast, tmp_path):
    """Of the training part alone, and through saving and loading."""
    facts = Facts.of(load(save(forecast.bundle, tmp_path / "m.loom")))
    (column,) = [one for one in facts.inputs if one.name == "load"]
    parts = forecast.walked.parts
    values = parts.dataset.column("load")[parts.split.rows("train")]
    assert column.reference.mean == pytest.approx(np.nanmean(values))
    assert set(facts.quality) == {"error of load", "coverage of load"}
    assert facts.quality["coverage of load"].share.count > 0
    assert len(json.dumps(forecast.bundle.profile[PROFILE])) < 20_000


def test_errors_are_those_of_windows_that_do_not_overlap(forecast):
    """As live ones are judged; so many as whole horizons fit."""
    error = Facts.of(forecast.bundle).quality["error of load"]
    borders = forecast.walked.parts.split.spans("validation")
    steps = int((borders[:, 1] - borders[:, 0]).sum())
    assert 0 < error.level.count <= steps if error.level else error.mean is not None


def test_classes_keep_their_hits_and_their_surprise(classified):
    """One for each sequence of the validation part."""
    quality = Facts.of(classified.bundle).quality
    assert set(quality) == {"right answers", "surprise"}


def test_values_keep_their_errors():
    """In the units of the data, for each target."""
    rng = np.random.default_rng(0)
    data = [rng.normal(size=(10, 2)) for _ in range(60)]
    fitted = seqloom.SequenceRegressor(epochs=1, hidden_size=4).fit(data, [float(one[:, 0].sum()) for one in data])
    facts = Facts.of(fitted.bundle_)
    assert [name.startswith("error of") for name in facts.quality] == [True]
    (error,) = facts.quality.values()
    assert error.mean == pytest.approx(fitted.metrics_["validation"]["mae"], rel=1e-6)
