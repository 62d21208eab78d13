"""What intervals came to: how often they held, step by step and over time, and how wide they were."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.evaluate.intervals import coverage_by_step
from seqloom.sequence import Array

MOST_POINTS = 200
"""Points of `over_time` at most."""
LENGTHS = 2
"""Horizons that the moving window spans at least: windows that share a step err together."""
SHARE = 20
"""The moving window is at least one part in so many of all windows."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class IntervalRecord:
    """What the intervals of one kind came to over the windows of a part.

    Args:
        coverage: share of values inside.
        by_step: the same for each step ahead, length P; NaN where nothing is known.
        over_time: the same in a moving window of neighbouring windows, from the earliest to the latest.
        window: how many windows that one spans.
        lowest: the least share in any of these windows.
        width: mean distance between the bounds, in the units of the data, over all targets.
        score: mean interval score: the width, and `2 / (1 - interval)` times the distance of what lies outside.
    """

    coverage: float
    by_step: tuple[float, ...]
    over_time: tuple[float, ...]
    window: int
    lowest: float
    width: float
    score: float


def interval_records(
    bounds: Mapping[str, Array], truth: Matrix, times: Array, interval: float
) -> dict[str, IntervalRecord]:
    """What intervals of several kinds came to.

    Args:
        bounds: lower and upper bounds by the name of the kind, each [E, P, C, 2].
        truth: what came, NaN where unknown, [E, P, C].
        times: of the steps ahead, [E, P].
        interval: share of the truth that they were to hold.

    Returns:
        By name; without those where nothing is known.
    """
    if not np.isfinite(truth).any():
        return {}
    return {name: _record(own[..., 0], own[..., -1], truth, times, interval) for name, own in bounds.items()}


def moving_coverage(lower: Matrix, upper: Matrix, truth: Matrix, times: Array) -> tuple[NDArray[np.int64], Matrix, int]:
    """Share of the truth inside its interval in a moving window over windows in the order of time.

    Args:
        lower: [E, P, C].
        upper: [E, P, C].
        truth: NaN where unknown, [E, P, C].
        times: of the steps ahead, [E, P].

    Returns:
        Window in the middle of each, the shares, and how many windows each is about.
    """
    order = np.argsort(times[:, 0], kind="stable")
    known = np.isfinite(truth)[order].sum(axis=(1, 2))
    inside = ((lower <= truth) & (truth <= upper))[order].sum(axis=(1, 2))
    span = min(len(order), max(LENGTHS * truth.shape[1], len(order) // SHARE))
    counts = _sums(known)[span:] - _sums(known)[:-span]
    shares: Matrix = np.full(counts.shape, np.nan)
    np.divide(_sums(inside)[span:] - _sums(inside)[:-span], counts, out=shares, where=counts > 0)
    return order[np.arange(len(shares)) + span // 2], shares, span


def _sums(values: Matrix) -> Matrix:
    return np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])


def _record(lower: Matrix, upper: Matrix, truth: Matrix, times: Array, interval: float) -> IntervalRecord:
    known = np.isfinite(truth)
    low, high, came = lower[known], upper[known], truth[known]
    outside = np.maximum(low - came, 0) + np.maximum(came - high, 0)
    _, shares, window = moving_coverage(lower, upper, truth, times)
    shown = shares[np.unique(np.linspace(0, len(shares) - 1, min(MOST_POINTS, len(shares))).astype(np.int64))]
    return IntervalRecord(
        coverage=float((outside == 0).mean()),
        by_step=tuple(coverage_by_step(lower, upper, truth).tolist()),
        over_time=tuple(shown.tolist()),
        window=window,
        lowest=float(np.nanmin(shares)),
        width=float((high - low).mean()),
        score=float((high - low + 2 / (1 - interval) * outside).mean()),
    )
