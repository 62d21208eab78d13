"""A data set in a few lines."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from seqloom.read.sink import blocks
from seqloom.sequence import Array, Column, SequenceDataset

_FEW = 8
"""Columns of a kind and role that are shown one by one."""


def describe(dataset: SequenceDataset) -> list[dict[str, Any]]:
    """One row per column: `column`, `kind`, `role`, `missing` (how many), then `min` and `max`, or `labels`.

    Columns may be larger than memory: they are read through block by block.

    Example:
        >>> from seqloom.read import read
        >>> describe(read({"load": [1.0, None, 4.0]}))
        [{'column': 'load', 'kind': 'number', 'role': 'target', 'missing': 1, 'min': 1.0, 'max': 4.0, 'labels': None}]
    """
    return [_describe(dataset, column) for column in dataset.schema.columns]


def summarise(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of `describe`, with one row for more than eight neighbouring number columns of one role.

    Example:
        >>> same = {"kind": "number", "role": "past", "missing": 0, "min": 0.0, "labels": None}
        >>> [row["column"] for row in summarise([{**same, "column": f"x{k}", "max": 1.0 + k} for k in range(12)])]
        ['x0 to x11 (12)']
    """
    shown: list[dict[str, Any]] = []
    for (kind, _), group in groupby(rows, key=lambda row: (row["kind"], row["role"])):
        alike = [dict(row) for row in group]
        if kind != "number" or len(alike) <= _FEW:
            shown += alike
            continue
        lows, highs = ([row[name] for row in alike if row[name] is not None] for name in ("min", "max"))
        shown.append(
            {
                **alike[0],
                "column": f"{alike[0]['column']} to {alike[-1]['column']} ({len(alike)})",
                "missing": sum(row["missing"] for row in alike),
                "min": min(lows, default=None),
                "max": max(highs, default=None),
            }
        )
    return shown


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
