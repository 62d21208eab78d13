import pytest

from benchmarks.catalogue import families, named
from benchmarks.page import HIGHER
from seqloom.estimators import FitSettings

EVERY = named([])


def test_names_of_tasks_are_unique():
    """No task hides another."""
    names = [task.name for group in families().values() for task in group]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("task", EVERY, ids=lambda task: task.name)
def test_recipes_are_settings_the_package_knows(task):
    """Every key and value is accepted."""
    assert FitSettings.flat({**task.settings, "seed": 0}).task == task.settings["task"]


@pytest.mark.parametrize("task", EVERY, ids=lambda task: task.name)
def test_the_target_is_among_the_metrics_that_are_shown(task):
    """A reader sees what is to be reached."""
    assert task.target.metric in task.metrics


@pytest.mark.parametrize("task", EVERY, ids=lambda task: task.name)
def test_the_page_knows_which_seed_is_the_worst(task):
    """Target and table agree on which way is better."""
    assert task.target.higher == (task.target.metric in HIGHER)


@pytest.mark.parametrize("task", EVERY, ids=lambda task: task.name)
def test_references_are_shown_by_a_metric_of_the_task(task):
    """A published row with no number would be empty."""
    assert all(set(reference.metrics) & set(task.metrics) for reference in task.references)


def test_the_name_of_a_file_stands_for_its_tasks():
    """One word runs all horizons."""
    assert named(["etth1"]) == list(families()["etth1"])


def test_an_unknown_name_is_refused_with_those_there_are():
    """The message lists them."""
    with pytest.raises(LookupError, match=r"expected one of .*airline.*, came 'airlines'"):
        named(["airlines"])
