"""What the errors of a model still say about the data."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from statsmodels.tsa.stattools import acf, q_stat

from seqloom.sequence import Array

BINS = 60
LAGS = 48
FEW = 20
"""Residuals below which their autocorrelation says nothing."""
SIGNIFICANT = 0.01
NORMAL_95 = 1.96

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Histogram:
    """How often residuals of each size occur.

    Args:
        edges: bounds of the bins, [bins + 1].
        counts: residuals in each bin, [bins].
        mean: of all residuals.
        deviation: standard deviation of all residuals.
    """

    edges: Matrix
    counts: NDArray[np.int64]
    mean: float
    deviation: float


@dataclass(frozen=True)
class Autocorrelation:
    """How residuals depend on those before them.

    Args:
        values: correlation at each lag, from lag 1 on, [lags].
        bound: what 95 % of the correlations of pure noise stay below.
        p_value: chance that pure noise shows as much correlation (Ljung & Box 1978) up to the last lag.
        sentence: what that means.
    """

    values: Matrix
    bound: float
    p_value: float
    sentence: str


def histogram(residuals: Matrix) -> Histogram | None:
    """Counts of residuals of any shape; None where none is known."""
    known = residuals[np.isfinite(residuals)]
    if not len(known):
        return None
    bins = min(BINS, max(5, int(np.sqrt(len(known)))))
    counts, edges = np.histogram(known, bins=bins)
    return Histogram(edges, counts, float(known.mean()), float(known.std()))


def autocorrelation(residuals: Matrix, *, season: int = 1) -> Autocorrelation | None:
    """Correlation of the errors of forecasts one step ahead, in order of time.

    Args:
        residuals: of one sequence and target, without a gap in time, [N]; NaN are left out.
        season: steps of a season: lags go to two seasons, at least 10, at most 48 or a fifth of the residuals.

    Returns:
        None where there are fewer than 20 residuals or all are equal.
    """
    known = residuals[np.isfinite(residuals)]
    if len(known) < FEW or np.ptp(known) == 0:
        return None
    lags = min(max(10, 2 * season), LAGS, len(known) // 5)
    values = acf(known, nlags=lags, fft=True)[1:]  # without the transform its time grows with the square of N
    p_value = float(q_stat(values, len(known))[1][-1])
    return Autocorrelation(values, NORMAL_95 / np.sqrt(len(known)), p_value, _sentence(values, p_value))


def _sentence(values: Matrix, p_value: float) -> str:
    test = f"Ljung-Box over {len(values)} lags, p = {p_value:.2g}"
    if p_value >= SIGNIFICANT:
        return f"The errors look like noise ({test}): no pattern over time is left in them."
    lag = int(np.argmax(np.abs(values))) + 1
    return (
        f"The errors depend on earlier errors ({test}), most at lag {lag} with {values[lag - 1]:+.2f}: "
        "there is structure the model has not learned."
    )


def one_step_residuals(values: Matrix, truth: Matrix, keys: Array, target: int = 0) -> Matrix:
    """Errors one step ahead of the sequence with the most windows, in their order.

    Args:
        values: forecasts, windows of a sequence in order of time, [E, P, C].
        truth: what came, [E, P, C].
        keys: which sequence each window belongs to, [E].
        target: which target column.

    Returns:
        Truth minus forecast, [windows].
    """
    found, owner, counts = np.unique(keys, return_inverse=True, return_counts=True)
    own = owner == int(counts.argmax()) if len(found) else np.zeros(0, dtype=np.bool_)
    residuals: Matrix = (truth - values)[own, 0, target]
    return residuals


def worst(errors: Matrix, count: int = 5, *, apart: int = 1) -> NDArray[np.int64]:
    """Examples with the largest errors, the largest first.

    Args:
        errors: one per example, NaN where unknown, [E].
        count: how many, at most.
        apart: distance two of them keep at least, so that overlapping windows are not shown twice.

    Example:
        >>> worst(np.array([1.0, 9.0, 8.0, 2.0]), 2, apart=2).tolist()
        [1, 3]
    """
    chosen: list[int] = []
    known = np.flatnonzero(np.isfinite(errors))
    for place in known[np.argsort(-errors[known], kind="stable")]:
        if len(chosen) == count:
            break
        if all(abs(place - other) >= apart for other in chosen):
            chosen.append(int(place))
    return np.array(chosen, dtype=np.int64)
