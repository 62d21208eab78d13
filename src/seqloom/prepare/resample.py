"""Steps brought to one interval, on request."""

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SchemaError, SettingsError
from seqloom.sequence import Array, SequenceDataset

UNITS = {
    "s": np.timedelta64(1, "s"),
    "min": np.timedelta64(1, "m"),
    "h": np.timedelta64(1, "h"),
    "d": np.timedelta64(1, "D"),
    "w": np.timedelta64(7, "D"),
}
MOST_GROWTH = 1000
"""Steps that resampling may make of one; more is taken for a mistyped interval."""


def resample(dataset: SequenceDataset, interval: str | None) -> SequenceDataset:
    """The data set with one step per interval, from the first of each sequence to its last.

    A step is stamped with the start of its interval, a multiple of the interval since 1970 (or 0), and holds the mean
    of the numbers and the last of the categories within; an interval without rows has missing values, for the policy
    to deal with. Splits and windows count the new steps, so this comes before them. The columns come into memory.

    Args:
        dataset: sequences with a time column.
        interval: a number and a unit: s, min, h, d or w, as `15min`; without a unit for time columns of numbers.
            `15min:last` takes the last number instead of the mean. None: the data set as it is.

    Raises:
        SettingsError: no interval, or a target that counts the steps as they were.
        SchemaError: no time column.
        DataError: an interval so short that the data set would grow beyond reason.
    """
    if interval is None:
        return dataset
    if dataset.schema.ending is not None:
        expected, came = "a target that does not count steps", f"'{dataset.schema.ending.target}', made from them"
        raise SettingsError("resample", expected=expected, came=came, fix="resample the table before it is read")
    if dataset.times is None:
        raise SchemaError(
            f"{dataset.source}, resample", expected="a time column", came="none", fix="name the time column"
        )
    length, last = _parse(interval, clock=dataset.times.dtype.kind == "M")
    grid = _Grid.of(dataset, dataset.times, length)
    steps = {
        name: grid.last(values) if last or name in dataset.categories else grid.mean(values)
        for name, values in dataset.steps.items()
    }
    seconds = length / np.timedelta64(1, "s") if isinstance(length, np.timedelta64) else float(length)
    return replace(
        dataset,
        schema=dataset.schema.model_copy(update={"interval": seconds}),
        offsets=grid.offsets,
        steps=steps,
        times=grid.times,
        rows=grid.sources if dataset.rows is None else dataset.rows[grid.sources],
        notes=(
            *dataset.notes,
            f"the steps were brought to {interval}: {dataset.total_steps:,} became {len(grid.times):,}",
        ),
    )


@dataclass(frozen=True)
class _Grid:
    """The intervals of all sequences, one after the other.

    Args:
        offsets: where the intervals of each sequence start, [S + 1].
        times: start of each interval, [intervals].
        cell: which interval each row of the source lies in, [rows].
        sources: last row of the source up to the end of each interval, [intervals].
    """

    offsets: NDArray[np.int64]
    times: Array
    cell: NDArray[np.int64]
    sources: NDArray[np.int64]

    @classmethod
    def of(cls, dataset: SequenceDataset, times: Array, length: np.timedelta64 | float) -> "_Grid":
        ticks = times.astype("datetime64[us]").astype(np.int64) if times.dtype.kind == "M" else times
        tick = length / np.timedelta64(1, "us") if isinstance(length, np.timedelta64) else length
        number = np.floor_divide(ticks, int(tick) if times.dtype.kind in "Mi" and tick == int(tick) else tick)
        number = number.astype(np.int64)
        filled = dataset.lengths > 0
        first, counts = np.zeros(len(dataset), dtype=np.int64), np.zeros(len(dataset), dtype=np.int64)
        first[filled] = number[dataset.offsets[:-1][filled]]
        counts[filled] = number[dataset.offsets[1:][filled] - 1] - first[filled] + 1
        offsets = np.concatenate([[0], np.cumsum(counts)])
        _refuse_growth(dataset, int(offsets[-1]))
        cell = number + np.repeat(offsets[:-1] - first, dataset.lengths)
        sources = np.zeros(int(offsets[-1]), dtype=np.int64)
        sources[cell] = np.arange(len(cell))
        starts = (np.arange(int(offsets[-1])) + np.repeat(first - offsets[:-1], counts)) * tick
        stamps = (
            starts.astype(np.int64).astype("datetime64[us]").astype(times.dtype) if times.dtype.kind == "M" else starts
        )
        return cls(offsets, stamps, cell, np.maximum.accumulate(sources))

    def mean(self, values: Array) -> Array:
        """Mean of the known numbers in each interval, [intervals]; NaN where there is none."""
        known = ~np.isnan(values)
        size = len(self.times)
        sums = np.bincount(self.cell[known], weights=values[known], minlength=size)
        counts = np.bincount(self.cell[known], minlength=size)
        means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
        return means.astype(values.dtype)

    def last(self, values: Array) -> Array:
        """Last known number or category code in each interval, [intervals]; NaN or -1 where there is none."""
        numbers = values.dtype.kind == "f"
        known = ~np.isnan(values) if numbers else values >= 0
        found = np.full(len(self.times), np.nan if numbers else -1, dtype=values.dtype)
        found[self.cell[known]] = values[known]  # of several values for one place the last stays
        return found


def _parse(interval: str, *, clock: bool) -> tuple[np.timedelta64 | float, bool]:
    """The length of an interval, and whether the last number is taken instead of the mean."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(s|min|h|d|w)?\s*(?::(mean|last))?\s*", interval.lower())
    if match is None or float(match[1]) == 0 or (match[2] is None) == clock or (clock and "." in match[1]):
        raise SettingsError(
            "resample",
            expected="a whole number and a unit, as 15min, 1h or 1d"
            if clock
            else "a number, in units of the time column",
            came=repr(interval),
            fix="write the interval so, and :last behind it to keep the last value instead of the mean",
        )
    length = int(match[1]) * UNITS[match[2]] if clock else float(match[1])
    return length, match[3] == "last"


def _refuse_growth(dataset: SequenceDataset, steps: int) -> None:
    if steps > MOST_GROWTH * max(1, dataset.total_steps):
        raise DataError(
            f"{dataset.source}, resample",
            expected=f"at most {MOST_GROWTH} steps for each of the {dataset.total_steps}",
            came=f"an interval that makes {steps}",
            fix="choose a longer interval, or correct a time stamp that is far off",
        )
