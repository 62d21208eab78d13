"""The closed list of tasks."""

from itertools import product

import pytest

from seqloom.estimators import ROOMS
from seqloom.model import MODELS
from seqloom.sequence import KEYS, Column, Schema
from seqloom.tasks import TASKS

FIELDS = {name for room in ROOMS.values() for name in room.model_fields}


def test_every_model_has_its_task():
    """What an artifact may hold is what can be trained."""
    assert {name: task.model for name, task in TASKS.items()} == dict(MODELS)


@pytest.mark.parametrize("name", list(TASKS))
def test_settings_of_a_task_are_settings_there_are(name):
    """A setting that is renamed is renamed here, too; no task both listens and ignores."""
    task = TASKS[name]
    assert {*task.listens, *task.ignores} <= FIELDS
    assert not {*task.listens} & {*task.ignores}


@pytest.mark.parametrize("name", list(TASKS))
def test_what_was_measured_has_a_buffer(name):
    """A task that calibrates says which buffers a model trained anew takes over."""
    task = TASKS[name]
    assert bool(task.measured) is (task.calibrate is not TASKS["regress"].calibrate)


def test_titles_and_subjects_are_words_of_their_own():
    """No two tasks are called alike."""
    for words in ([task.title for task in TASKS.values()], [task.subject for task in TASKS.values()]):
        assert len(set(words)) == len(words)
        assert all(words)


def schemas():
    """Schemas of every kind of target, with and without texts, per step and per sequence."""
    yield Schema(layout="text", columns=(Column(name="text", kind="text", role="target"),))
    for kind, per_step, feature in product(("number", "category", "text"), (True, False), ("number", "text")):
        target = Column(name="y", kind=kind, role="target")
        yield Schema(columns=(Column(name="x", kind=feature, role="past"), target), per_step_target=per_step)
    yield Schema(columns=tuple(Column(name=name, kind="number", role="target") for name in KEYS))


@pytest.mark.parametrize("schema", list(schemas()))
def test_every_schema_poses_one_task(schema):
    """So that the order of the list does not matter."""
    assert len([name for name, task in TASKS.items() if task.poses(schema)]) == 1
