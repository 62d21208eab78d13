"""A data set in a few lines."""

from typing import Any

import numpy as np

from seqloom.read.sink import blocks
from seqloom.sequence import Array, Column, SequenceDataset


def describe(dataset: SequenceDataset) -> list[dict[str, Any]]:
    """One row per column: `column`, `kind`, `role`, `missing` (how many), then `min` and `max`, or `labels`.

    Columns may be larger than memory: they are read through block by block.

    Example:
        >>> from seqloom.read import read
        >>> describe(read({"load": [1.0, None, 4.0]}))
        [{'column': 'load', 'kind': 'number', 'role': 'target', 'missing': 1, 'min': 1.0, 'max': 4.0, 'labels': None}]
    """
    return [_describe(dataset, column) for column in dataset.schema.columns]


def _describe(dataset: SequenceDataset, column: Column) -> dict[str, Any]:
    values = dataset.column(column.name)
    row = {"column": column.name, "kind": column.kind, "role": column.role}
    if column.coded:
        labels = len(dataset.categories[column.name])
        return {**row, "missing": _count_missing(values), "min": None, "max": None, "labels": labels}
    low, high = _range(values)
    return {**row, "missing": _count_missing(values), "min": low, "max": high, "labels": None}


def _count_missing(values: Array) -> int:
    parts = (values[block] for block in blocks(len(values)))
    return sum(int(np.count_nonzero(np.isnan(part) if part.dtype.kind == "f" else part == -1)) for part in parts)


def _range(values: Array) -> tuple[float | None, float | None]:
    """Smallest and largest value; None where all are missing."""
    lows = [float(np.fmin.reduce(values[block])) for block in blocks(len(values))]
    highs = [float(np.fmax.reduce(values[block])) for block in blocks(len(values))]
    low, high = np.fmin.reduce(lows or [np.nan]), np.fmax.reduce(highs or [np.nan])
    return (None, None) if np.isnan(low) else (float(low), float(high))
