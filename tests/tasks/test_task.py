"""What a task is."""

from types import SimpleNamespace

import pytest
import torch

from seqloom.tasks import TASKS
from seqloom.tasks.classify import CLASSIFY
from seqloom.tasks.regress import REGRESS


def training(*, text=None, sound=False):
    """As much of training examples as is asked."""
    return SimpleNamespace(prepared=SimpleNamespace(text=text, sound=sound))


def test_texts_and_recordings_have_alternatives_of_their_own():
    """Where the task names some, and else the usual ones."""
    assert CLASSIFY.alternatives_for(training(text=0)) == CLASSIFY.of_texts
    assert CLASSIFY.alternatives_for(training(sound=True)) == CLASSIFY.of_sounds
    assert CLASSIFY.alternatives_for(training()) == CLASSIFY.alternatives
    assert REGRESS.alternatives_for(training(sound=True)) == REGRESS.alternatives


@pytest.mark.parametrize("name", list(TASKS))
def test_names_of_alternatives_are_unique_within_a_task(name):
    """No alternative's metrics can overwrite another's."""
    for rows in (TASKS[name].alternatives, TASKS[name].of_texts, TASKS[name].of_sounds):
        found = [alternative.name for alternative in rows]
        assert len(set(found)) == len(found)


def test_only_what_was_measured_is_adopted():
    """Other buffers stay as they are."""

    class Model(torch.nn.Module):
        """Two buffers, of which one is measured."""

        def __init__(self, value):
            super().__init__()
            self.register_buffer("temperature", torch.tensor(value))
            self.register_buffer("other", torch.tensor(value))

    mine, theirs = Model(1.0), Model(2.0)
    CLASSIFY.adopt(mine, theirs)
    assert (float(mine.temperature), float(mine.other)) == (2.0, 1.0)


def test_without_a_training_part_most_tasks_have_no_alternatives():
    """They all have to learn something."""
    alternatives = CLASSIFY.untrained(7)
    assert (alternatives.fitted, alternatives.season) == ((), 7)
