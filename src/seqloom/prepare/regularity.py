"""Whether steps follow at one interval: irregular time stamps found and reported."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from seqloom.errors import DataError
from seqloom.prepare import clock
from seqloom.prepare.table import Table
from seqloom.sequence import Array, SequenceDataset


@dataclass(frozen=True)
class Irregularity:
    """Steps that do not follow the one before at the usual interval.

    Args:
        place: where the first of them is.
        interval: the usual interval, in words.
        count: how many there are.
        steps: how many steps have one before them.
    """

    place: str
    interval: str
    count: int
    steps: int

    def __str__(self) -> str:
        return (
            f"{self.place}: {self.count} of {self.steps} steps do not follow at the usual interval, {self.interval};"
            f" the network takes all steps as equal unless they are resampled"
        )


def irregularity(dataset: SequenceDataset) -> Irregularity | None:
    """How irregular the time stamps are; None where all sequences keep one interval, or there is no clock.

    Stamps that keep to the calendar month, quarter or year are regular, although these differ in length.

    Raises:
        DataError: stamps that repeat or go back.
    """
    interval = _interval(dataset)
    if dataset.times is None or interval is None:
        return None
    name = dataset.schema.time or "time"
    count, steps, first = 0, 0, -1
    for chunk in Table.of_steps(dataset).chunks():
        start = max(0, chunk.start - 1)
        follows = ~chunk.opens[int(chunk.start == 0) :]
        gaps = np.diff(dataset.times[start : chunk.stop])
        back = follows & (gaps <= np.zeros(1, dtype=gaps.dtype))
        if back.any():
            _refuse(dataset, name, start + 1 + int(np.argmax(back)))
        odd = np.flatnonzero(follows & (gaps != interval))
        first = start + 1 + int(odd[0]) if first < 0 and len(odd) else first
        count, steps = count + len(odd), steps + int(follows.sum())
    if not count or _monthly(dataset):
        return None
    return Irregularity(dataset.place(name, first), _in_words(interval), count, steps)


def _interval(dataset: SequenceDataset) -> Any:  # noqa: ANN401 - a number or a timedelta64, as the stamps are
    """The usual interval within sequences, by their first steps; None where no sequence has two."""
    if dataset.times is None:
        return None
    for chunk in Table.of_steps(dataset).chunks():
        gaps = np.diff(dataset.times[chunk.start : chunk.stop])[~chunk.opens[1:]]
        if len(gaps):
            return np.sort(gaps)[(len(gaps) - 1) // 2]
    return None


def _monthly(dataset: SequenceDataset) -> bool:
    """Whether every sequence keeps to calendar months."""
    times: Array = np.empty(0) if dataset.times is None else dataset.times
    pieces = (times[start:stop] for start, stop in zip(dataset.offsets[:-1], dataset.offsets[1:], strict=True))
    return all(len(piece) < 2 or clock.months_apart(piece) is not None for piece in pieces)  # noqa: PLR2004 - a pair


def _refuse(dataset: SequenceDataset, name: str, row: int) -> None:
    times: Array = np.empty(0) if dataset.times is None else dataset.times
    raise DataError(
        dataset.place(name, row),
        expected=f"a time stamp after {times[row - 1]}",
        came=f"{times[row]}",
        fix="sort the rows, remove the repeated ones, or name the group column that tells sequences apart",
    )


def _in_words(interval: np.timedelta64 | np.number[Any]) -> str:
    return str(interval.astype("timedelta64[us]").item()) if isinstance(interval, np.timedelta64) else f"{interval:g}"
