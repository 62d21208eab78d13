"""What is known afterwards of each step: whether it was an anomaly."""

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SchemaError
from seqloom.prepare.examples import Examples
from seqloom.prepare.following import asked_rows
from seqloom.sequence import SequenceDataset


def marks_of(dataset: SequenceDataset) -> NDArray[np.float32] | None:
    """1 at every marked step, 0 at others, NaN where nothing is known, [steps]; None: there is no such column.

    Raises:
        SchemaError: the column holds labels.
        DataError: something else than 0 and 1.
    """
    names = [name for name in dataset.schema.names("mark") if name in dataset.steps]
    if not names:
        return None
    (name,) = names
    where, fix = f"{dataset.source}, column '{name}'", "write 1 at every step that was an anomaly, else 0"
    if dataset.schema.column(name).kind != "number":
        raise SchemaError(where, expected="the numbers 0 and 1", came="labels", fix=fix)
    marks = dataset.steps[name].astype(np.float32)
    wrong = np.flatnonzero(~(np.isnan(marks) | np.isin(marks, (0, 1))))
    if len(wrong):
        row = int(wrong[0])
        raise DataError(dataset.place(name, row), expected="0 or 1", came=f"{marks[row]:g}", fix=fix)
    return marks


def usual_places(examples: Examples) -> NDArray[np.int64]:
    """Places, among all rows of the examples laid end to end, of asked rows that are not known to be anomalies, [U].

    Raises:
        DataError: all of them are marked.
    """
    places, rows, _ = asked_rows(examples)
    marks = examples.prepared.marks
    if marks is None:
        return places
    usual: NDArray[np.int64] = places[marks[rows] != 1]
    if not len(usual):
        fix = "put usual steps into the validation part: split otherwise, or correct the marks"
        raise DataError(examples.prepared.source, expected="a step that is not marked", came="none", fix=fix)
    return usual
