"""Examples in which every row is to tell the one that follows it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.prepare.examples import Examples
from seqloom.prepare.split import Part, Split
from seqloom.prepare.windows import ENLARGE
from seqloom.sequence import PreparedDataset, spans

CONTEXT = 1024
"""Rows read, at most, before the first that is asked."""


def next_row(values: NDArray[Any], offsets: NDArray[np.int64]) -> NDArray[Any]:
    """For each row the one that follows in its sequence, NaN after the last.

    Args:
        values: floating-point rows, [steps, C].
        offsets: which rows belong to each sequence, [S + 1].

    Example:
        >>> next_row(np.array([[1.0], [2.0], [3.0]]), np.array([0, 2, 3])).ravel().tolist()
        [2.0, nan, nan]
    """
    shifted = np.full_like(values, np.nan)
    shifted[:-1] = values[1:]
    ends = offsets[1:][np.diff(offsets) > 0]
    shifted[ends - 1] = np.nan
    return shifted


def next_rows(prepared: PreparedDataset, split: Split, part: Part, *, lookback: int = 0, stride: int = 1) -> Examples:
    """Rows that tell every row of a part but those that open a sequence.

    Args:
        prepared: the rows, with those that follow as targets.
        split: the parts.
        part: where the told rows lie.
        lookback: to learn from: rows of an example at most, so that a long sequence becomes several, all of them asked.
            0: one example for each sequence, which first reads up to 1024 rows of what came before the part.
        stride: rows between the examples of a long sequence.

    Raises:
        DataError: no row of the part follows another.
    """
    begin, end = split.spans(part).T
    first = np.maximum(begin - 1, split.borders[:, 0])  # the row before the part tells its first row
    if lookback:
        first = begin
    chosen = np.flatnonzero(end - 1 - first > 0)
    if not len(chosen):
        where = f"{prepared.source}, {part} part"
        fix = f"give longer sequences, or {ENLARGE[part]}"
        raise DataError(where, expected="a sequence of at least two events", came="none", fix=fix)
    if lookback:
        return _cut(prepared, chosen, begin, end - 1, lookback, stride)
    start = np.maximum(split.borders[:, 0], first - CONTEXT)
    return Examples(prepared, chosen, start[chosen], end[chosen] - 1, warm=(first - start)[chosen])


def own_rows(prepared: PreparedDataset, split: Split, part: Part, *, lookback: int = 0, stride: int = 1) -> Examples:
    """The rows of a part, each of which is asked about itself.

    Args:
        prepared: the rows.
        split: the parts.
        part: where the asked rows lie.
        lookback: to learn from: rows of an example at most, so that a long sequence becomes several, all of them asked.
            0: one example for each sequence, which first reads up to 1024 rows of what came before the part.
        stride: rows between the examples of a long sequence.

    Raises:
        DataError: the part is empty.
    """
    begin, end = split.spans(part).T
    chosen = np.flatnonzero(end > begin)
    if not len(chosen):
        where = f"{prepared.source}, {part} part"
        raise DataError(where, expected="some steps", came="none", fix=ENLARGE[part])
    if lookback:
        return _cut(prepared, chosen, begin, end, lookback, stride)
    start = np.maximum(split.borders[:, 0], begin - CONTEXT)
    return Examples(prepared, chosen, start[chosen], end[chosen], warm=(begin - start)[chosen])


def last_rows(prepared: PreparedDataset) -> Examples:
    """The last row of every sequence is asked what follows; up to 1024 rows before it are read.

    Raises:
        DataError: there is no row.
    """
    begin, end = prepared.offsets[:-1], prepared.offsets[1:]
    chosen = np.flatnonzero(end > begin)
    if not len(chosen):
        raise DataError(prepared.source, expected="events", came="none", fix="give a table with rows")
    start = np.maximum(begin, end - 1 - CONTEXT)
    return Examples(prepared, chosen, start[chosen], end[chosen], warm=(end - 1 - start)[chosen])


def asked_rows(examples: Examples) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The rows that are asked, example by example.

    Returns:
        Their places among all rows of the examples laid end to end; their rows in the data; and the example each lies
        in, [E] each.
    """
    start, stop = examples.start.astype(np.int64), examples.stop.astype(np.int64)
    warm = np.zeros(len(examples), np.int64) if examples.warm is None else examples.warm.astype(np.int64)
    ends = np.cumsum(stop - start)
    owner = np.repeat(np.arange(len(examples)), stop - start - warm)
    return spans(ends - (stop - start) + warm, ends), spans(start + warm, stop), owner


def _cut(
    prepared: PreparedDataset,
    chosen: NDArray[np.int64],
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    lookback: int,
    stride: int,
) -> Examples:
    """Every stretch of `lookback` rows, `stride` apart; the last one ends where its sequence does."""
    sequence, start, stop = [], [], []
    for each in chosen.tolist():
        last = max(int(begin[each]), int(end[each]) - lookback)
        starts = np.unique(np.append(np.arange(begin[each], last, stride), last))
        start.append(starts)
        stop.append(np.minimum(starts + lookback, end[each]))
        sequence.append(np.full(len(starts), each))
    return Examples(prepared, np.concatenate(sequence), np.concatenate(start), np.concatenate(stop))
