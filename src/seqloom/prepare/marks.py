"""What is known afterwards of each step: whether it was an anomaly."""

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SchemaError
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
