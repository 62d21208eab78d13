"""Which tasks read texts."""

from dataclasses import replace

from seqloom.model import model_class
from seqloom.prepare import without
from seqloom.sequence import SequenceDataset

PER_STEP = ("values", "classes")
"""Kinds of targets that each step may have."""


def without_texts(dataset: SequenceDataset, task: str) -> SequenceDataset:
    """The data set as a task reads it: texts beside a value per step have no place in it, and are left out.

    Args:
        dataset: the data as it was read.
        task: its name.

    Returns:
        The same data set where it has no column of texts, or where a text belongs to one answer; else one without such
        columns, and with a note of it.
    """
    names = [column.name for column in dataset.schema.columns if column.kind == "text" and column.role != "target"]
    if not names or not dataset.schema.per_step_target or model_class(task).target_kind not in PER_STEP:
        return dataset
    for name in names:
        dataset = without(dataset, name)
    left = ", ".join(f"'{name}'" for name in names)
    return replace(dataset, notes=(*dataset.notes, f"texts have no say in values per step: {left} is left out"))
