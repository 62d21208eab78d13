"""The task of anomalies."""

import numpy as np
import pytest

from seqloom import AnomalyDetector
from seqloom.read import EVERY, ReadSettings, read
from seqloom.tasks import TASKS
from seqloom.tasks.anomaly import calibrate, known, outcome, reading

WAVE = np.sin(np.arange(300) / 7)


@pytest.fixture(scope="module")
def fitted():
    """A detector of a wave."""
    settings = {"hidden_size": 4, "threads": 1, "ahead": 2}
    return AnomalyDetector(epochs=1, settings=settings).fit({"x": WAVE}, target="x").fitted_


def test_calibrating_twice_changes_nothing(fitted):
    """Chart and threshold are measured from the bare distances."""
    model, validation = fitted.walked.model, fitted.walked.examples["validation"]
    calibrate(model, validation)
    before = [buffer.clone() for buffer in (model.center, model.precision, model.threshold)]
    calibrate(model, validation)
    assert all((a == b).all() for a, b in zip(before, (model.center, model.precision, model.threshold), strict=True))


def test_without_marks_nothing_is_known(fitted):
    """What is shown then is how anomalies were found that were put in."""
    answered = fitted.judged.answered
    assert not known(answered.examples)
    shown = outcome(answered)
    assert shown.injected is not None
    np.testing.assert_allclose(shown.values[:, 0], WAVE[-len(shown.values) :], atol=1e-5)


def test_all_columns_are_watched_where_none_is_named():
    """Else those that are named."""
    assert reading(ReadSettings())["target"] == EVERY
    assert "target" not in reading(ReadSettings(target="x"))


def test_a_series_poses_a_forecast():
    """Anomalies are looked for where somebody asks for it."""
    schema = read({"x": WAVE}).schema
    assert [name for name, task in TASKS.items() if task.poses(schema)] == ["forecast"]
