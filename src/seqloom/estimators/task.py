"""Which task a data set poses, where nobody said."""

import numpy as np

from seqloom.errors import SchemaError
from seqloom.sequence import Array, SequenceDataset
from seqloom.tasks import TASKS

FEW = 10
"""Different whole numbers up to which a target may have been meant as labels."""
SAMPLE = 10_000


def task_of(dataset: SequenceDataset, named: str | None = None) -> str:
    """The task that was named, or else the one the target tells.

    Args:
        dataset: the data as it was read.
        named: the task the user chose, if any.

    Raises:
        SchemaError: there is no target, or one that is made from where sequences end, and another task was named.
    """
    schema = dataset.schema
    if not schema.targets:
        names = ", ".join(schema.names()) or "none"
        raise SchemaError(
            dataset.source, expected="a target column", came=f"columns {names}", fix="name it with --target COLUMN"
        )
    if named is not None and schema.ending is None:
        return named
    told = next(name for name, task in TASKS.items() if task.poses(schema))
    if named not in (None, told):
        where, fix = f"{dataset.source}, target '{schema.targets[0]}'", f"pass --task {told}, or leave it out"
        raise SchemaError(where, expected=f"the task {told}", came=str(named), fix=fix)
    return told


def doubt_of(dataset: SequenceDataset) -> str | None:
    """What to tell a user whose target is read as numbers, but may have been meant as labels.

    Args:
        dataset: the data as it was read.

    Returns:
        A sentence where the target has few values, all of them whole; else None.
    """
    schema = dataset.schema
    if not schema.targets or schema.ending is not None or schema.column(schema.targets[0]).kind != "number":
        return None
    if schema.per_step_target and len(schema.step_columns) == 1:
        return None  # a series and nothing else
    name = schema.targets[0]
    if _several_labels(dataset):
        return f"{len(schema.targets)} targets hold 0 and 1 and are learned as numbers; labels need --task label"
    count = _few(dataset.steps[name] if schema.per_step_target else dataset.statics[name])
    if count is None:
        return None
    if schema.per_step_target:
        return f"'{name}' has {count} different values and is forecast as a number; a label per step needs --task tag"
    return f"'{name}' has {count} different values and is learned as a number; labels need --task classify"


def _few(values: Array) -> int | None:
    """How many different values there are, where they are few and whole; the first ones tell most that are not."""
    for looked in (values[:SAMPLE], values):
        found = np.unique(looked[np.isfinite(looked)])
        if len(found) > FEW or not (found == np.round(found)).all():
            return None
    return len(found)


def _several_labels(dataset: SequenceDataset) -> bool:
    """Whether there are several targets per sequence, all of which hold the numbers 0 and 1 alone."""
    columns = [dataset.statics[name] for name in dataset.schema.targets if name in dataset.statics]
    if len(columns) < max(2, len(dataset.schema.targets)):
        return False
    numbers = all(dataset.schema.column(name).kind == "number" for name in dataset.schema.targets)
    return numbers and all(np.isin(column[np.isfinite(column)], (0, 1)).all() for column in columns)
