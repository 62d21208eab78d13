"""What was forecast over the windows of a part, and what happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import Array, ForecastPrediction

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ForecastOutcome:
    """What was forecast over the windows of a part, and what happened.

    Args:
        prediction: the model's forecasts, B windows of P steps of C targets, in the units of the data.
        truth: what happened, [B, P, C]; NaN where it is not known.
        history: the end of each lookback, [B, T, C]; NaN where there is none.
        history_times: time stamps or step numbers of `history`, [B, T].
        others: forecasts of the alternatives for the same windows, each [B, P, C].
        bounds: lower and upper bounds of the widest interval, by how their widths are set, each [B, P, C, 2].
    """

    prediction: ForecastPrediction
    truth: Floats
    history: Floats
    history_times: Array
    others: Mapping[str, Floats] = field(default_factory=dict)
    bounds: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def residuals(self) -> Floats:
        """What happened minus what was forecast, [B, P, C]."""
        return self.truth - self.prediction.values

    @property
    def intervals(self) -> tuple[tuple[int, int], ...]:
        """Places of the pairs of quantiles that stand symmetrically around the middle, the widest first."""
        levels = self.prediction.levels
        pairs = [(low, high) for low in range(len(levels)) for high in range(low + 1, len(levels))]
        return tuple(pair for pair in pairs if np.isclose(levels[pair[0]] + levels[pair[1]], 1.0))

    @property
    def interval(self) -> tuple[int, int] | None:
        """Places of the widest pair of quantiles, None where there is none."""
        return next(iter(self.intervals), None)

    @property
    def coverage(self) -> float:
        """Share of values the interval is meant to hold; 0 where there is none."""
        pair = self.interval
        return 0.0 if pair is None else self.prediction.levels[pair[1]] - self.prediction.levels[pair[0]]

    def window_errors(self, target: int) -> Floats:
        """Root mean squared error of each window for one target, [B]; NaN where the truth is not known at all."""
        return root_mean_square(self.residuals[:, :, target], axis=1)

    def worst_windows(self, target: int, count: int) -> list[int]:
        """The windows with the largest errors that do not overlap each other, worst first."""
        errors, chosen = self.window_errors(target), list[int]()
        for window in np.argsort(-np.where(np.isfinite(errors), errors, -1.0), kind="stable"):
            if len(chosen) == count or not errors[window] > 0:
                break
            if not any(self._overlap(window, other) for other in chosen):
                chosen.append(int(window))
        return chosen

    def _overlap(self, one: int, other: int) -> bool:
        keys, times = self.prediction.keys, self.prediction.times
        meet = times[one, 0] <= times[other, -1] and times[one, -1] >= times[other, 0]
        return bool(keys[one] == keys[other] and meet)


def consecutive_windows(keys: Array, times: Array) -> NDArray[np.int64]:
    """The windows of the sequence with the most of them that follow one another without overlap, in order of time."""
    names, counts = np.unique(keys, return_counts=True)
    own = np.flatnonzero(keys == names[int(np.argmax(counts))])
    own = own[np.argsort(times[own, 0], kind="stable")]
    chosen = [int(own[0])]
    for window in own[1:]:
        if times[window, 0] > times[chosen[-1], -1]:
            chosen.append(int(window))
    return np.asarray(chosen, dtype=np.int64)


def root_mean_square(errors: Floats, axis: int) -> Floats:
    """Root of the mean square along one axis over what is known; NaN where nothing is."""
    known = np.isfinite(errors)
    counts = known.sum(axis=axis)
    sums = (np.where(known, errors, 0.0) ** 2).sum(axis=axis)
    means: Floats = np.divide(sums, counts, out=np.full(counts.shape, np.nan), where=counts > 0)
    return np.sqrt(means)
