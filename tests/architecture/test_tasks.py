"""The closed lists in which a task must stand agree with each other."""

from pathlib import Path

import pytest

from seqloom.estimators.loading import ESTIMATORS
from seqloom.model import MODELS
from seqloom.tasks import TASKS

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_task_has_a_model_and_an_estimator():
    """A task that was added to one list and forgotten in another is noticed here."""
    assert set(MODELS) == set(TASKS) == set(ESTIMATORS)


@pytest.mark.parametrize("page", ["command-line.md", "artifact-format.md"])
def test_every_task_is_named_where_tasks_are_listed(page):
    """One row of a table holds its name."""
    rows = [line for line in (DOCS / page).read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert [name for name in TASKS if not any(f"`{name}`" in row for row in rows)] == []
