"""The closed lists in which a task must stand agree with each other."""

from seqloom.estimators.loading import ESTIMATORS
from seqloom.evaluate import ALTERNATIVES
from seqloom.model import MODELS
from seqloom.report import METRICS


def test_every_task_has_a_model_alternatives_metrics_and_an_estimator():
    """A task that was added to one list and forgotten in another is noticed here."""
    assert set(MODELS) == set(ALTERNATIVES) == set(METRICS) == set(ESTIMATORS)
