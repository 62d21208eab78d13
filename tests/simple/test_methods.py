"""The closed list of methods."""

import pytest

from seqloom.errors import SettingsError
from seqloom.model import ClassifyModel
from seqloom.simple import METHODS, SIMPLE, kind_of, method_named
from seqloom.tasks import TASKS


@pytest.mark.parametrize("task", METHODS)
def test_whatever_a_network_is_compared_with_can_be_saved(task):
    """One that a task compares with, and that is missing here, is noticed."""
    rows = TASKS[task]
    assert set(METHODS[task]) == {*rows.alternatives, *rows.of_texts, *rows.of_sounds, *rows.thorough}
    assert set(METHODS) == set(SIMPLE)


@pytest.mark.parametrize("task", METHODS)
def test_each_name_stands_for_one_method(task):
    """An artifact names it so."""
    names = [method.name for method in METHODS[task]]
    assert len(set(names)) == len(names)
    assert all(method_named(task, name) is method for name, method in zip(names, METHODS[task], strict=True))


def test_a_network_is_no_method():
    """It is what there is without one."""
    assert kind_of("classify", "network") is ClassifyModel
    assert kind_of("classify", "logistic") is SIMPLE["classify"]


@pytest.mark.parametrize(
    ("task", "message"),
    [
        ("forecast", r"method: expected one of network, naive, .*came 'markov'; choose one of them"),
        ("events", r"method: expected network, came 'markov'; leave it out: models of the task events are networks"),
    ],
)
def test_other_names_are_refused(task, message):
    """The message lists those there are."""
    with pytest.raises(SettingsError, match=message):
        kind_of(task, "markov")
