"""The time between events, in a scale a network can read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import SequenceDataset

MICROSECONDS = 1e6
LARGEST = 10.0
"""Deviations from the mean up to which a gap is read as it is; beyond, it is read as that."""


@dataclass(frozen=True)
class GapScale:
    """Logarithms of gaps in the units of the training part: `(log g - center) / scale`.

    A gap of zero has no logarithm: it is read as an ordinary one, 0, beside a mark that says so.

    Args:
        center: mean logarithm of the training part's gaps above zero.
        scale: their standard deviation; 1 where they do not vary.
    """

    center: float
    scale: float

    @classmethod
    def fit(cls, dataset: SequenceDataset, spans: NDArray[np.int64]) -> "GapScale | None":
        """Learn from the gaps within the spans [S, 2]; None without a clock, or where no time passes."""
        if dataset.times is None:
            return None
        gaps = gaps_of(dataset)
        inside = np.zeros(len(gaps), dtype=np.bool_)
        for begin, end in spans.tolist():
            inside[begin + 1 : end] = True
        logs = np.log(gaps[inside & (gaps > 0)])
        if not len(logs):
            return None
        return cls(float(logs.mean()), float(logs.std()) or 1.0)

    def rows(self, dataset: SequenceDataset) -> NDArray[np.float64]:
        """For each event, whether no time has passed since the one before, and the scaled logarithm, [steps, 2].

        NaN where an event opens its sequence, and for the logarithm where no time has passed.
        """
        gaps = gaps_of(dataset)
        zero = np.where(np.isnan(gaps), np.nan, (gaps == 0).astype(np.float64))
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.where(gaps > 0, (np.log(gaps) - self.center) / self.scale, np.nan)
        return np.stack([zero, logs], axis=1)

    def invert(self, zero: NDArray[np.float64], logs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Gaps from what `rows` makes of them, NaN where unknown."""
        found: NDArray[np.float64] = np.where(zero > 0, 0.0, np.exp(self.center + self.scale * logs))
        return found

    def inputs(self, dataset: SequenceDataset) -> NDArray[np.float32]:
        """The same without NaN, [steps, 2]."""
        filled = np.nan_to_num(self.rows(dataset), nan=0.0)
        return np.clip(filled, -LARGEST, LARGEST).astype(np.float32)


def gaps_of(dataset: SequenceDataset) -> NDArray[np.float64]:
    """Time since the event before, in seconds or units of the clock, [steps]; NaN where a sequence begins."""
    if dataset.times is None or not dataset.total_steps:
        return np.full(dataset.total_steps, np.nan)
    passed = np.diff(dataset.times, prepend=dataset.times[:1])
    unit = MICROSECONDS if passed.dtype.kind == "m" else 1.0
    gaps = passed.astype("timedelta64[us]").astype(np.float64) if passed.dtype.kind == "m" else passed
    found: NDArray[np.float64] = gaps.astype(np.float64) / unit
    found[dataset.offsets[:-1][dataset.lengths > 0]] = np.nan
    return found
