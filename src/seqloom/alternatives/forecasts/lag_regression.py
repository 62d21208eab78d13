"""Least squares on lags: the coefficients of an autoregression, and what they say about many steps ahead."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

ROWS = 20_000
ROWS_PER_LAG = 4
GROWTH = 10.0
"""How much a forecast may grow over the horizon; orders whose recursion grows faster are passed over."""
INDEPENDENT = 1e-9
"""Size of a lag's own part, relative to the constant's, below which it adds nothing but rounding."""

Matrix = NDArray[np.float64]


def coefficients(series: Sequence[NDArray[np.floating[Any]]], lags: int, horizon: int) -> Matrix:
    """The autoregression of least Akaike criterion that all series share.

    All orders are fitted on the same rows, those with `lags` values before them. Orders that would let a forecast grow
    more than tenfold over the horizon are passed over; order 0, the mean, never does.

    Args:
        series: values of each series, [n].
        lags: the highest order to consider; fewer where the series are short.
        horizon: steps ahead the recursion is to run.

    Returns:
        The constant, then the weight of the last value, of the one before, and so on; [order + 1].
    """
    total = sum(len(values) for values in series)
    lags = max(0, min(lags, max(map(len, series)) - 1, total // (ROWS_PER_LAG + 1)))
    regressors, values = _weighted_rows(series, lags)
    orthogonal, triangle = np.linalg.qr(regressors)
    projections = orthogonal.T @ values
    size = np.abs(np.diag(triangle))
    dependent = np.flatnonzero(size <= INDEPENDENT * size[0])
    orders = np.arange(int(dependent[0]) if len(dependent) else len(size))
    energy = float(values @ values)
    unexplained = np.maximum(energy - np.cumsum(projections**2)[: len(orders)], np.finfo(float).eps * energy)
    criterion = len(values) * np.log(np.maximum(unexplained, np.finfo(float).tiny)) + 2 * orders
    for order in orders[np.argsort(criterion, kind="stable")]:
        fitted: Matrix = np.linalg.solve(triangle[: order + 1, : order + 1], projections[: order + 1])
        if _growth(fitted[1:]) ** horizon <= GROWTH:
            break
    return fitted


def unrolled(fitted: Matrix, horizon: int) -> Matrix:
    """The recursion as one linear map: each step ahead from the last values and a constant.

    Args:
        fitted: constant and weights, the last value's first, [order + 1].
        horizon: steps ahead.

    Returns:
        Weights of the last `order` values, oldest first, then the constant; [P, order + 1].
    """
    order = len(fitted) - 1
    rows = np.concatenate([np.eye(order, order + 1), np.zeros((horizon, order + 1))])
    for step in range(order, order + horizon):
        rows[step] = fitted[:0:-1] @ rows[step - order : step]
        rows[step, -1] += fitted[0]
    return rows[order:]


def _weighted_rows(series: Sequence[NDArray[np.floating[Any]]], lags: int) -> tuple[Matrix, Matrix]:
    """Regressors (constant, lag 1, lag 2, ...) and values, each series divided by its spread; [rows, lags + 1]."""
    regressors, values = [], []
    for whole in series:
        recent = whole[-(lags + max(1, ROWS // len(series))) :].astype(np.float64)
        if len(recent) <= lags:
            continue
        windows = sliding_window_view(recent, lags + 1)
        spread = float(recent.std()) or 1.0
        constant = np.ones((len(windows), 1))
        regressors.append(np.concatenate([constant, windows[:, -2::-1] if lags else constant[:, :0]], axis=1) / spread)
        values.append(windows[:, -1] / spread)
    return np.concatenate(regressors), np.concatenate(values)


def _growth(weights: Matrix) -> float:
    """Factor by which the recursion grows in one step in the long run: the spectral radius of its companion."""
    if not len(weights):
        return 0.0
    companion = np.eye(len(weights), k=-1)
    companion[0] = weights
    return float(np.abs(np.linalg.eigvals(companion)).max())
