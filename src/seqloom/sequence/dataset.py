"""Sequences of any length, stored as ragged columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence.schema import Schema

Array = NDArray[Any]


@dataclass(frozen=True)
class SequenceDataset:
    """Sequences as ragged columns: one contiguous array per column, one shared array of offsets.

    Sequence `i` occupies `column[offsets[i] : offsets[i + 1]]` of every step column. Columns may be memory-mapped.
    A number column holds floats, NaN where a value is missing. A category column holds integer codes into
    `categories[name]`, -1 where a value is missing.

    Args:
        schema: what the columns are.
        offsets: where each sequence starts, and where the last one ends; int64, shape [S + 1].
        steps: one array per step column, each [offsets[-1]].
        statics: one array per static column, each [S].
        categories: the labels of each category column, in the order of their codes.
        times: time stamp of each step, datetime64[us] or numbers, [offsets[-1]]; None without a time column.
        keys: name of each sequence, [S].
        source: where the data came from, for messages.
        rows: row number in the source of each step, [offsets[-1]]; None where the source is in order already.
        notes: what the reader decided or found on its own, in plain sentences.
        given_parts: the static column that says which part each sequence belongs to, where the source came cut into
            parts; None: it did not.
    """

    schema: Schema
    offsets: NDArray[np.int64]
    steps: Mapping[str, Array]
    statics: Mapping[str, Array]
    keys: Array
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    times: Array | None = None
    source: str = "table"
    rows: NDArray[np.int64] | None = None
    notes: tuple[str, ...] = ()
    given_parts: str | None = None

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Steps of each sequence, [S]."""
        return np.diff(self.offsets)

    @property
    def total_steps(self) -> int:
        """Steps of all sequences together."""
        return int(self.offsets[-1])

    @property
    def nbytes(self) -> int:
        """Bytes of all columns."""
        columns = [*self.steps.values(), *self.statics.values()]
        return sum(int(column.nbytes) for column in columns) + (0 if self.times is None else int(self.times.nbytes))

    def column(self, name: str) -> Array:
        """The values of one step or static column."""
        return self.steps[name] if name in self.steps else self.statics[name]

    def place(self, column: str, step: int) -> str:
        """Words that lead a reader to one cell: source, column and row (the first data row is 1)."""
        row = step + 1 if self.rows is None else int(self.rows[step]) + 1
        return f"{self.source}, column '{column}', row {row}"

    def sequence_of(self, step: int) -> int:
        """Which sequence the step with this position belongs to."""
        return int(np.searchsorted(self.offsets, step, side="right")) - 1

    def take(self, sequences: Iterable[int]) -> "SequenceDataset":
        """The data set of these sequences, in this order; columns are copied."""
        chosen = np.asarray(list(sequences), dtype=np.int64)
        rows = spans(self.offsets[chosen], self.offsets[chosen + 1])
        return replace(
            self,
            offsets=np.concatenate([[0], np.cumsum(self.lengths[chosen])]).astype(np.int64),
            steps={name: values[rows] for name, values in self.steps.items()},
            statics={name: values[chosen] for name, values in self.statics.items()},
            keys=self.keys[chosen],
            times=None if self.times is None else self.times[rows],
            rows=rows if self.rows is None else self.rows[rows],
        )


def spans(starts: NDArray[np.int64], stops: NDArray[np.int64]) -> NDArray[np.int64]:
    """All positions of the half-open spans, one after the other.

    Example:
        >>> spans(np.array([0, 7]), np.array([2, 10])).tolist()
        [0, 1, 7, 8, 9]
    """
    lengths = stops - starts
    shift = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    positions: NDArray[np.int64] = np.arange(int(lengths.sum())) + shift
    return positions
