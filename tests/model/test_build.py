"""The closed list of models."""

import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from seqloom.errors import SettingsError
from seqloom.model import MODELS, InputSizes, ModelSettings, build, model_class, sizes_of


def test_each_task_builds_its_own_model():
    """The name of a task and the task of its model are the same."""
    assert {name: model.task for name, model in MODELS.items()} == {name: name for name in MODELS}


def test_an_unknown_task_is_refused_with_the_list():
    """Nothing is imported by name: what is not on the list does not exist."""
    with pytest.raises(SettingsError, match=f"expected {' or '.join(MODELS)}, came 'paint'"):
        model_class("paint")


def test_a_built_model_keeps_settings_and_sizes():
    """An artifact rebuilds a model from these two."""
    settings, sizes = ModelSettings(hidden_size=3), InputSizes(numbers=2)
    model = build("regress", settings, sizes)
    assert (model.settings, model.sizes) == (settings, sizes)


def examples(*, horizon, channel, targets=("a", "b")):
    """What `sizes_of` looks at, with three number columns of which the last is known ahead."""
    prepared = SimpleNamespace(
        target_names=targets,
        numbers=np.zeros((5, 3), dtype=np.float32),
        codes=np.zeros((5, 1), dtype=np.int32),
        code_sizes=(4, 6),
        static_numbers=np.zeros((1, 2), dtype=np.float32),
        known=np.array([False, False, True]),
        known_codes=np.array([True]),
        per_step_target=True,
        text=None,
        words=None,
        event=None,
        watched=False,
    )
    return SimpleNamespace(prepared=prepared, horizon=horizon, channel=channel)


def test_a_joint_forecast_reads_all_targets():
    """The history of both targets stands before the three number columns."""
    sizes = sizes_of(examples(horizon=4, channel=None))
    assert (sizes.numbers, sizes.targets, sizes.static_code_sizes, sizes.known) == (5, 2, (6,), (2,))


def test_an_independent_forecast_reads_one_target_and_which_it_is():
    """One target's history, and its number as a category of two."""
    sizes = sizes_of(examples(horizon=4, channel=np.array([0, 1])))
    assert (sizes.numbers, sizes.targets, sizes.static_code_sizes) == (4, 1, (6, 2))


def test_a_task_without_horizon_reads_no_target():
    """The target of a sequence or a step is never an input."""
    sizes = sizes_of(examples(horizon=0, channel=None))
    assert (sizes.numbers, sizes.targets, sizes.per_step) == (3, 2, True)


OUTLINES = """
import sys, torch
from typing import get_args
from seqloom.model import MODELS, InputSizes, ModelSettings, build

cells = get_args(ModelSettings.model_fields["cell"].annotation)
for task, cell in [*((task, "gru") for task in MODELS), *(("regress", cell) for cell in cells)]:
    horizon = 3 if task == "forecast" else 0
    counts = {"code_sizes": (5,), "class_counts": (5, 3), "symbols": 9, "text": 0, "horizon": horizon}
    sizes = InputSizes(numbers=2, classes=("a", "b"), **counts)
    with torch.device("meta"):
        build(task, ModelSettings(cell=cell, hidden_size=4, bidirectional=False), sizes)
    print(task, cell, "torch._dynamo" in sys.modules)
"""


def test_an_outline_without_memory_loads_no_compiler():
    """An artifact is compared with one before it is loaded; with torch's compiler that would take twice as long."""
    done = subprocess.run([sys.executable, "-c", OUTLINES], capture_output=True, text=True, check=True)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert {task for task, *_ in lines} == set(MODELS)
    assert [(task, cell) for task, cell, loaded in lines if loaded == "True"] == []
