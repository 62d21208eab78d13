"""Metrics of remaining life: how far an answer is from what was left, where the field looks."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.loss import check_shapes, known

EARLY, LATE = 13, 10
"""Steps of an error that cost `e - 1`: of a life told too short, and of one told too long."""


def phm08(values: NDArray[Any], truth: NDArray[Any]) -> float:
    """Score of the 2008 challenge: sum of `exp(-d / 13) - 1` if told too short, `exp(d / 10) - 1` if too long.

    `d` is predicted minus true life. The score is a sum over machines, so that it grows with their number, and a few
    large errors make most of it. Source: Saxena, Goebel, Simon & Eklund, "Damage propagation modeling for aircraft
    engine run-to-failure simulation", PHM 2008.

    Args:
        values: predicted lives, in steps.
        truth: true ones, NaN where unknown, of the same shape.

    Returns:
        0 at best; infinity where an error is beyond what a double holds.

    Raises:
        DataError: the arrays differ in shape.

    Example:
        >>> round(phm08(np.array([90.0, 110.0]), np.array([100.0, 100.0])), 4)
        2.8764
    """
    check_shapes(values.shape, truth.shape)
    y, f = known(truth, values)
    late = f - y
    with np.errstate(over="ignore"):
        return float(np.sum(np.expm1(np.where(late < 0, -late / EARLY, late / LATE))))


def life_metrics(values: NDArray[Any], truth: NDArray[Any], sequence: NDArray[Any]) -> dict[str, float]:
    """Metrics at the last step of each sequence whose life is known: one judgement for each machine.

    Args:
        values: predicted lives, in steps, [N, 1].
        truth: true ones, NaN where unknown, [N, 1].
        sequence: which sequence each row belongs to, its rows together and in order, [N].

    Returns:
        `rmse_last` and `phm08`; nothing where no life is known.

    Example:
        >>> values, truth = np.array([[9.0], [5.0], [4.0]]), np.array([[8.0], [2.0], [4.0]])
        >>> {name: round(value, 3) for name, value in life_metrics(values, truth, np.array([0, 0, 1])).items()}
        {'rmse_last': 2.121, 'phm08': 0.35}
    """
    rows = np.flatnonzero(np.isfinite(truth).all(axis=1))
    if not len(rows):
        return {}
    owner = sequence[rows]
    last = rows[np.append(owner[1:] != owner[:-1], True)]
    errors = (values[last] - truth[last]).astype(np.float64)
    return {"rmse_last": math.sqrt(float(np.square(errors).mean())), "phm08": phm08(values[last], truth[last])}
