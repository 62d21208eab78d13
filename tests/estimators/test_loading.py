"""From an artifact to the estimator that made it."""

import pytest

import seqloom
from seqloom.artifact import save
from seqloom.estimators.loading import ESTIMATORS
from seqloom.tasks import TASKS


def test_every_task_has_its_estimator():
    """Whatever can be trained can be loaded."""
    assert set(ESTIMATORS) == set(TASKS)


@pytest.mark.parametrize(
    ("kind", "estimator"),
    [
        ("forecast", "Forecaster"),
        ("classified", "SequenceClassifier"),
        ("regressed", "SequenceRegressor"),
    ],
)
def test_an_artifact_becomes_the_estimator_of_its_task(kind, estimator, request, tmp_path):
    """The class is told by the artifact."""
    path = save(request.getfixturevalue(kind).bundle, tmp_path / "model")
    loaded = seqloom.load(path)
    assert type(loaded).__name__ == estimator
    assert loaded.metrics_ == request.getfixturevalue(kind).bundle.metrics
