"""Origins of a backtest: points in time up to which a model learns, and from which on it is judged."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SettingsError
from seqloom.sequence import SequenceDataset, Stretch, stretches

Window = Literal["expanding", "sliding"]


@dataclass(frozen=True)
class Origins:
    """How a data set is gone through.

    Args:
        folds: how many origins.
        first: share of the steps before the first of them.
        window: whether a model learns from all steps before an origin, or from as many as before the first.
        every: origins after which a model is fitted anew; 1: at each.

    Raises:
        SettingsError: a number is out of its range.
    """

    folds: int = 5
    first: float = 0.5
    window: Window = "expanding"
    every: int = 1

    def __post_init__(self) -> None:
        for name, value, fits, expected in (
            ("folds", self.folds, self.folds >= 1, "at least 1"),
            ("first", self.first, 0 < self.first < 1, "a share between 0 and 1"),
            ("every", self.every, self.every >= 1, "at least 1"),
        ):
            if not fits:
                raise SettingsError(name, expected=expected, came=str(value), fix="correct it")


@dataclass(frozen=True)
class Fold:
    """One origin.

    Args:
        number: counted from 0.
        learned: what a model may know.
        later: what it is judged on, sequence by sequence the steps that follow.
        fits: whether a model is fitted here; else the one of an earlier origin goes on.
    """

    number: int
    learned: SequenceDataset
    later: SequenceDataset
    fits: bool


def folds_of(dataset: SequenceDataset, origins: Origins) -> list[Fold]:
    """The folds of a data set, in order of time.

    Where there is a clock, an origin is one time for all sequences, and what follows it lies in the same stretch of
    time; else it is a share of each sequence.

    Args:
        dataset: sequences cut in time.
        origins: how it is gone through.

    Raises:
        DataError: between two origins no sequence has a step, or before the first.
    """
    borders = _borders(dataset, origins)  # [S, folds + 1]
    found = []
    for number in range(origins.folds):
        begin = dataset.offsets[:-1]
        if origins.window == "sliding":
            begin = np.maximum(begin, borders[:, number] - (borders[:, 0] - dataset.offsets[:-1]))
        learned = _between(dataset, begin, borders[:, number])
        later = _between(dataset, borders[:, number], borders[:, number + 1])
        for part, what in ((learned, "before"), (later, "after")):
            if not len(part):
                fix = "take fewer folds, or another first share"
                raise DataError(f"fold {number + 1}", expected=f"steps {what} its origin", came="none", fix=fix)
        found.append(Fold(number, learned, later, number % origins.every == 0))
    return found


def _borders(dataset: SequenceDataset, origins: Origins) -> NDArray[np.int64]:
    """The row of each origin in each sequence, and the end of it, [S, folds + 1]."""
    shares = np.linspace(origins.first, 1.0, origins.folds + 1)
    starts, stops = dataset.offsets[:-1], dataset.offsets[1:]
    if dataset.times is None:
        lengths = (stops - starts)[:, None]
        found: NDArray[np.int64] = starts[:, None] + np.floor(shares * lengths).astype(np.int64)
        return found
    times = np.sort(dataset.times)
    origin = times[np.minimum((shares[:-1] * len(times)).astype(np.int64), len(times) - 1)]
    rows = [
        [*(int(start) + np.searchsorted(dataset.times[start:stop], origin)), int(stop)]
        for start, stop in zip(starts, stops, strict=True)
    ]
    return np.array(rows, dtype=np.int64)


def _between(dataset: SequenceDataset, starts: NDArray[np.int64], stops: NDArray[np.int64]) -> SequenceDataset:
    """Some rows of each sequence that has any there."""
    chosen = [
        Stretch(sequence, int(start), int(stop))
        for sequence, (start, stop) in enumerate(zip(starts, stops, strict=True))
        if stop > start
    ]
    return stretches(dataset, chosen)
