"""Names of sequences, where each row is one."""

import numpy as np

from seqloom.errors import DataError
from seqloom.read.cells import Vocabulary
from seqloom.sequence import Array


def row_keys(source: str, group: str | None, codes: Array | None, names: Vocabulary, rows: Array) -> Array:
    """The name of each row's sequence: its cell in the group column, or else its row number from 0.

    Args:
        source: name of the source, for messages.
        group: name of the group column.
        codes: cells of the group column, as codes; None where there is no such column.
        names: the labels of those codes.
        rows: row number of each sequence.

    Raises:
        DataError: a name is missing or comes twice.
    """
    if codes is None:
        keys: Array = rows.astype(str)
        return keys
    again = np.delete(np.arange(len(codes)), np.unique(codes, return_index=True)[1])
    bad = [*np.flatnonzero(codes < 0).tolist(), *again.tolist()]
    if bad:
        came = "an empty cell" if codes[bad[0]] < 0 else f"'{names.labels[codes[bad[0]]]}' again"
        where = f"{source}, column '{group}', row {rows[bad[0]] + 1}"
        raise DataError(where, expected="a name of its own for each row", came=came, fix="correct the cell")
    labels: Array = np.array(names.labels)
    return labels[codes]
