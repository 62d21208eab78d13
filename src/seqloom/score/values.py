"""Metrics of values: how far point predictions are from the truth, in the units of the data."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score

from seqloom.loss import known


def value_metrics(values: NDArray[Any], truth: NDArray[Any]) -> dict[str, float]:
    """Metrics of one value per sequence and target.

    Args:
        values: predictions, [B, C].
        truth: what came, [B, C], NaN where unknown.

    Returns:
        `mse`, `mae`, `rmse`, `r2` and `smape`; what cannot be computed is left out.

    Raises:
        DataError: the arrays differ in shape.

    Example:
        >>> value_metrics(np.array([[1.0], [4.0]]), np.array([[1.0], [3.0]]))["rmse"].__round__(4)
        0.7071
    """
    y, f = known(truth, values)
    if not len(y):
        return {}
    squared = float(mean_squared_error(y, f))
    metrics = {"mse": squared, "mae": float(mean_absolute_error(y, f)), "rmse": math.sqrt(squared)}
    share = r2(values, truth)
    if share is not None:
        metrics["r2"] = share
    metrics["smape"] = smape(values, truth)
    return metrics


def r2(values: NDArray[Any], truth: NDArray[Any]) -> float | None:
    """Share of variance explained, `1 - sum (y - f)^2 / sum (y - mean y)^2`, of each target, averaged uniformly.

    Args:
        values: predictions, [..., C].
        truth: what came, [..., C], NaN where unknown.

    Returns:
        At most 1, the mean over the `C` targets; None where the truth of a target does not vary.

    Example:
        >>> r2(np.array([[1.0], [2.0], [4.0]]), np.array([[1.0], [2.0], [3.0]]))
        0.5
    """
    shares: list[float] = []
    for column in range(truth.shape[-1]):
        y, f = known(truth[..., column], values[..., column])
        if not len(y) or y.min() == y.max():
            return None
        shares.append(float(r2_score(y, f)))
    return float(np.mean(shares))


def smape(values: NDArray[Any], truth: NDArray[Any]) -> float:
    """Symmetric mean absolute percentage error, mean of `200 |y - f| / (|y| + |f|)`, from 0 to 200.

    Source: Makridakis, Spiliotis & Assimakopoulos, "The M4 competition", International Journal of Forecasting 36
    (2020). Deviation: a forecast of 0 where 0 came counts as no error rather than 0 / 0.

    Example:
        >>> smape(np.array([1.0, 3.0]), np.array([1.0, 1.0]))
        50.0
    """
    y, f = known(truth, values)
    scale = np.abs(y) + np.abs(f)
    errors = np.divide(200 * np.abs(y - f), scale, out=np.zeros_like(scale), where=scale > 0)
    return float(np.mean(errors))
