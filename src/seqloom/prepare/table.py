"""Columns that share their rows, walked in chunks so that none comes into memory whole."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import Array, SequenceDataset

CHUNK = 1 << 16
"""Rows worked on at once: large enough to hide Python's overhead, small enough for the processor's cache."""


@dataclass(frozen=True)
class Table:
    """The step columns of a data set (one row per step) or its static columns (one row per sequence).

    Args:
        columns: the columns, each [rows].
        categories: the labels of each category column, in the order of the source's own codes.
        offsets: which rows belong to each sequence, [S + 1].
        ends: where the future of each sequence begins, [S]: from there on only what is known ahead has to be given.
        keys: name of each sequence, [S].
        place: words that lead a reader to the cell at a column and row.
    """

    columns: Mapping[str, Array]
    categories: Mapping[str, tuple[str, ...]]
    offsets: NDArray[np.int64]
    ends: NDArray[np.int64]
    keys: Array
    place: Callable[[str, int], str]

    @classmethod
    def of_steps(cls, dataset: SequenceDataset, ends: NDArray[np.int64] | None = None) -> "Table":
        """The step columns; without `ends` no row is the future."""
        ends = dataset.offsets[1:] if ends is None else ends
        return cls(dataset.steps, dataset.categories, dataset.offsets, ends, dataset.keys, dataset.place)

    @classmethod
    def of_statics(cls, dataset: SequenceDataset) -> "Table":
        """The static columns: every row is a sequence of its own."""
        offsets = np.arange(len(dataset) + 1)

        def place(column: str, sequence: int) -> str:
            step = int(dataset.offsets[sequence])
            return f"{dataset.place(column, min(step, dataset.total_steps - 1))} (sequence '{dataset.keys[sequence]}')"

        return cls(dataset.statics, dataset.categories, offsets, offsets[1:], dataset.keys, place)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(self.offsets[-1])

    def chunks(self, size: int = CHUNK) -> Iterator["Chunk"]:
        """All rows in order, `size` at a time."""
        for start in range(0, self.rows, size):
            yield Chunk(self, start, min(start + size, self.rows))


@dataclass(frozen=True)
class Chunk:
    """The rows `start` to `stop` of a table."""

    table: Table
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    @cached_property
    def sequence(self) -> NDArray[np.int64]:
        """Which sequence each row belongs to, [n]."""
        offsets = self.table.offsets
        if len(self) == self.table.rows:
            return np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
        low, high = np.searchsorted(offsets, [self.start, self.stop - 1], side="right") - 1
        bounds = np.clip(offsets[low : high + 2], self.start, self.stop)
        return np.repeat(np.arange(low, high + 1), bounds[1:] - bounds[:-1])

    @cached_property
    def opens(self) -> NDArray[np.bool_]:
        """Rows that open a sequence, [n]."""
        opens: NDArray[np.bool_] = self._rows == self.table.offsets[self.sequence]
        return opens

    @cached_property
    def future(self) -> NDArray[np.bool_]:
        """Rows that lie in the future of their sequence, [n]."""
        future: NDArray[np.bool_] = self._rows >= self.table.ends[self.sequence]
        return future

    def inside(self, spans: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Rows that lie in the span [S, 2] of their sequence, [n]."""
        bounds = spans[self.sequence]
        inside: NDArray[np.bool_] = (bounds[:, 0] <= self._rows) & (self._rows < bounds[:, 1])
        return inside

    def column(self, name: str) -> Array:
        """The chunk's rows of one column."""
        return self.table.columns[name][self.start : self.stop]

    @property
    def _rows(self) -> NDArray[np.int64]:
        return np.arange(self.start, self.stop)


def known_ends(targets: Sequence[Array], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Row after the last known target value of each sequence, [S]: there its future begins.

    Args:
        targets: the target columns, each [rows], NaN where a value is missing.
        offsets: which rows belong to each sequence, [S + 1].
    """
    ends = offsets[1:].copy()

    def known(rows: NDArray[np.int64] | slice) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = np.any([~np.isnan(column[rows]) for column in targets], axis=0)
        return found

    filled = np.flatnonzero(ends > offsets[:-1])
    for sequence in filled[~known(ends[filled] - 1)]:
        first, end = int(offsets[sequence]), int(ends[sequence])
        while end > first:
            start = max(first, end - CHUNK)
            hits = np.flatnonzero(known(slice(start, end)))
            if len(hits):
                end = start + int(hits[-1]) + 1
                break
            end = start
        ends[sequence] = end
    return ends
