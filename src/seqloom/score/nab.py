"""The score of the Numenta Anomaly Benchmark: early alarms inside windows count most, each alarm outside costs.

Source: Lavin & Ahmad, "Evaluating real-time anomaly detection algorithms: the Numenta Anomaly Benchmark" (ICMLA 2015).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.loss import check_shapes

PROBATION = 0.15
"""Share of a series that is not judged, of its first 5,000 rows at most."""
LONGEST = 5_000
FAR = 3.0
"""Lengths of a window past its end from which on an alarm costs the whole weight."""
STEEP = 5.0


@dataclass(frozen=True)
class NabProfile:
    """What hits, false alarms and misses weigh.

    Args:
        hit: weight of a window in which something was found.
        false_alarm: of an alarm far from every window.
        miss: of a window in which nothing was found.
    """

    hit: float = 1.0
    false_alarm: float = 0.11
    miss: float = 1.0


NAB_PROFILES = {
    "standard": NabProfile(),
    "reward_low_FP_rate": NabProfile(false_alarm=0.22),
    "reward_low_FN_rate": NabProfile(miss=2.0),
}
"""The profiles of the benchmark, by its names."""


@dataclass(frozen=True)
class NabSeries:
    """One series of the benchmark with what a detector said of it.

    Args:
        scores: of each row, higher is stranger, [T].
        windows: first and last row of each window of an anomaly, [W, 2], in order.
        probation: rows at the beginning that are not judged; None: what the benchmark's rule gives.

    Raises:
        DataError: windows that overlap, or lie outside of the series.
    """

    scores: NDArray[np.float64]
    windows: NDArray[np.int64]
    probation: int | None = None

    def __post_init__(self) -> None:
        flat = self.windows.reshape(-1)
        if len(flat) and (np.diff(flat) < 0).any() | (flat[0] < 0) | (flat[-1] >= len(self.scores)):
            came, fix = str(self.windows.tolist()), "give first and last row of each, in order"
            raise DataError("windows", expected=f"rows of a series of {len(self.scores)}", came=came, fix=fix)

    @property
    def begins(self) -> int:
        """The first row that is judged."""
        return nab_probation(len(self.scores)) if self.probation is None else self.probation

    def worth(self, profile: NabProfile) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """What an alarm at each row counts, [T], and the window it lies in, -1 outside of all, [T]."""
        rows = np.arange(len(self.scores))
        worth = np.full(len(rows), -1.0)
        inside = np.full(len(rows), -1)
        for number, (first, last) in enumerate(self.windows.tolist()):
            length = last - first + 1
            after = rows > last
            worth[after] = _sigmoid((rows[after] - last) / max(1, length - 1))
            inside[first : last + 1] = number
        outside = inside < 0
        worth[outside] *= profile.false_alarm
        for first, last in self.windows.tolist():
            place = (np.arange(first, last + 1) - last - 1) / (last - first + 1)
            worth[first : last + 1] = profile.hit * _sigmoid(place) / _sigmoid(np.array(-1.0))
        return worth, inside


def nab_probation(length: int) -> int:
    """Rows at the beginning of a series of this length that are not judged.

    Example:
        >>> nab_probation(4032), nab_probation(22695)
        (604, 750)
    """
    return int(min(PROBATION * length, PROBATION * LONGEST))


def nab_raw(series: NabSeries, threshold: float, profile: NabProfile | None = None) -> float:
    """The score of one series, not normalised: what each row that reaches a threshold counts.

    A window in which something was found counts what its first alarm does, others lose the weight of a miss. An alarm
    counts `hit` at the start of a window and nothing at its end, after that ever less than nothing, by a sigmoid.

    Args:
        series: what was found.
        threshold: scores from this on are alarms.
        profile: the weights; None: the standard ones.
    """
    return float(_swept([series], np.array([threshold]), profile or NabProfile())[0])


def nab_best(series: Sequence[NabSeries], profile: NabProfile | None = None) -> tuple[float, float]:
    """The one threshold for all series that gives the best score, and that score from 0 to 100.

    The benchmark chooses the threshold so for every detector on its board; 0 is what no alarm at all gives, 100 an
    alarm at the first row of each window and none elsewhere.

    Args:
        series: what was found.
        profile: the weights; None: the standard ones.

    Returns:
        The score and the threshold.
    """
    weights = profile or NabProfile()
    found = np.unique(np.concatenate([each.scores[each.begins :] for each in series]))
    thresholds = np.append(found[::-1], -np.inf) if len(found) else np.array([np.inf])
    thresholds = np.concatenate([[np.inf], thresholds])
    raw = _swept(series, thresholds, weights)
    best = int(np.argmax(raw))
    return nab_normalized(raw[best], sum(len(each.windows) for each in series), weights), float(thresholds[best])


def nab_normalized(raw: float, windows: int, profile: NabProfile | None = None) -> float:
    """A raw score of all series on the scale from 0, no alarm at all, to 100, a perfect detector.

    Args:
        raw: the sum over the series.
        windows: how many there are in all.
        profile: the weights; None: the standard ones.
    """
    weights = profile or NabProfile()
    nothing, perfect = -weights.miss * windows, weights.hit * windows
    return 100 * (raw - nothing) / (perfect - nothing)


def _swept(series: Sequence[NabSeries], thresholds: NDArray[np.float64], profile: NabProfile) -> NDArray[np.float64]:
    """The sum of the raw scores at each of some thresholds, the highest first, [K]."""
    total = np.zeros(len(thresholds))
    for each in series:
        check_shapes(each.scores.shape, each.scores.reshape(-1).shape)
        worth, inside = each.worth(profile)
        rows = np.flatnonzero(np.arange(len(worth)) >= each.begins)
        order = rows[np.argsort(-each.scores[rows], kind="stable")]
        reached = np.searchsorted(-each.scores[order], -thresholds, side="right")
        outside = inside[order] < 0
        costs = np.concatenate([[0.0], np.cumsum(np.where(outside, worth[order], 0.0))])
        total += costs[reached]
        for number in range(len(each.windows)):
            best = np.maximum.accumulate(np.where(inside[order] == number, worth[order], -np.inf))
            gains = np.concatenate([[-np.inf], best])[reached]
            total += np.where(np.isfinite(gains), gains, -profile.miss)
    return total


def _sigmoid(place: NDArray[np.float64]) -> NDArray[np.float64]:
    """From 1 far before the end of a window over 0 at its end to -1 far past it."""
    curve: NDArray[np.float64] = np.where(place > FAR, -1.0, 2 / (1 + np.exp(STEEP * np.minimum(place, FAR))) - 1)
    return curve
