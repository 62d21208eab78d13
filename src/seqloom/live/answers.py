"""What is answered to readings: the row of a prediction's table, one object for each stream."""

from typing import Any

import numpy as np

from seqloom.sequence import Array, Prediction

Answer = dict[str, Any]
LEFT_OUT = ("sequence", "step", "word", "token")
"""What the one who sent a reading knows already."""


def answers(prediction: Prediction, count: int) -> list[Answer]:
    """One answer for each stream: what `predict` writes as columns.

    Args:
        prediction: of `count` streams, equally many rows for each.
        count: how many streams.

    Returns:
        By name a value, or, where a prediction has several rows, a list of them.
    """
    columns = {name: values for name, values in prediction.to_columns().items() if name not in LEFT_OUT}
    plain = {name: _plain(values) for name, values in columns.items()}
    rows = len(next(iter(columns.values()))) // count
    if rows == 1:
        return [dict(zip(plain, row, strict=True)) for row in zip(*plain.values(), strict=True)]
    return [
        {name: values[first : first + rows] for name, values in plain.items()} for first in range(0, count * rows, rows)
    ]


def _plain(values: Array) -> list[Any]:
    """Python's own numbers and texts; None for what is not a number, time stamps in ISO 8601."""
    if values.dtype.kind == "M":
        return [str(text) for text in np.datetime_as_string(values, unit="auto").tolist()]
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        return [value if np.isfinite(value) else None for value in values.tolist()]
    found: list[Any] = values.tolist()
    return found
