"""The closed lists in which a task must stand agree with each other."""

from seqloom.estimators.loading import ESTIMATORS
from seqloom.model import MODELS
from seqloom.tasks import TASKS


def test_every_task_has_a_model_and_an_estimator():
    """A task that was added to one list and forgotten in another is noticed here."""
    assert set(MODELS) == set(TASKS) == set(ESTIMATORS)
