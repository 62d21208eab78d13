"""What happens to missing values: refused with their place, or filled from what was known before them."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.prepare.table import Table

T = TypeVar("T", bound=np.generic)


def refuse_missing(table: Table, column: str, rows: NDArray[np.int64]) -> None:
    """Stop at the first of `rows`, the positions of missing values in the table.

    Raises:
        DataError: there is one.
    """
    if len(rows):
        raise DataError(
            table.place(column, int(rows[0])),
            expected="a value",
            came="a missing one",
            fix="fill the cell, leave the row out, or pass --missing forward-fill or --missing impute",
        )


def forward_fill(
    values: NDArray[T], missing: NDArray[np.bool_], opens: NDArray[np.bool_], carried: T | None
) -> tuple[NDArray[T], NDArray[np.bool_], T | None]:
    """Repeat the last known value over a gap, within a sequence.

    Causal, with one value of state per column: the rows of one sequence may come in any number of pieces. A gap that
    opens a sequence has nothing before it and stays: filling it backwards would tell of the future. The caller puts
    the training mean there.

    Args:
        values: one column, [n], n > 0.
        missing: where it has no value, [n].
        opens: rows that open a sequence, [n].
        carried: last known value of the sequence that goes on in row 0; None where there is none.

    Returns:
        The filled values, what is still missing, and the value to carry into the next piece.
    """
    place = np.arange(len(values))
    opened = np.maximum.accumulate(np.where(opens, place, -1))
    source = np.maximum.accumulate(np.where(missing, -1, place))
    before = (source < 0) & (opened < 0)  # rows that only the carried value can fill
    still = (source < opened) | (before & (carried is None))
    filled = values[source]
    if carried is not None:
        filled[before] = carried
    return filled, still, None if still[-1] else filled[-1]
