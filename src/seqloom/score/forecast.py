"""Metrics of forecasts: values, steps ahead, intervals."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import mean_pinball_loss

from seqloom.errors import DataError, SettingsError
from seqloom.loss import check_shapes, known
from seqloom.score.values import value_metrics


def forecast_metrics(
    values: NDArray[Any],
    truth: NDArray[Any],
    *,
    lower: NDArray[Any] | None = None,
    upper: NDArray[Any] | None = None,
    scale: NDArray[Any] | None = None,
    interval: float = 0.9,
) -> dict[str, float]:
    """Metrics of forecasts of several steps and targets, over all of them alike.

    Args:
        values: point forecasts, [B, P, C].
        truth: what came, [B, P, C], NaN where unknown.
        lower: lower bounds of central intervals, [B, P, C].
        upper: upper bounds, [B, P, C].
        scale: denominators of `mase`, [B, C], see `mase_scale`.
        interval: the coverage the bounds were made for; it names the key.

    Returns:
        `mse`, `mae`, `rmse`, `r2`, `smape`; `mase` with a scale; `coverage_90` with bounds; what cannot be computed
        is left out.

    Raises:
        DataError: the arrays differ in shape.

    Example:
        >>> forecast_metrics(np.zeros((1, 2, 1)), np.ones((1, 2, 1)), scale=np.full((1, 1), 2.0))
        {'mse': 1.0, 'mae': 1.0, 'rmse': 1.0, 'smape': 200.0, 'mase': 0.5}
    """
    metrics = value_metrics(values, truth)
    if not metrics:
        return {}
    if scale is not None:
        scaled = mase(values, truth, scale)
        if scaled is not None:
            metrics["mase"] = scaled
    if lower is not None and upper is not None:
        metrics[f"coverage_{round(100 * interval)}"] = coverage(lower, upper, truth)
    return metrics


def mase(values: NDArray[Any], truth: NDArray[Any], scale: NDArray[Any]) -> float | None:
    """Mean absolute scaled error: mean of `|y - f| / scale`; 1 is as good as the seasonal naive on the history.

    Source: Hyndman & Koehler, "Another look at measures of forecast accuracy", International Journal of Forecasting
    22 (2006). Deviation: a history without any change has scale 0 and no error can be measured by it; such
    examples are left out.

    Args:
        values: point forecasts, [B, P, C].
        truth: what came, [B, P, C], NaN where unknown.
        scale: see `mase_scale`, [B, C].

    Returns:
        At least 0; None where no example has a scale.

    Raises:
        DataError: the arrays differ in shape.

    Example:
        >>> mase(np.array([[[1.0], [5.0]]]), np.array([[[2.0], [2.0]]]), np.array([[4.0]]))
        0.5
    """
    check_shapes(scale.shape, (truth.shape[0], truth.shape[2]))
    unit = np.broadcast_to(scale[:, np.newaxis, :], truth.shape)  # [B, C] -> [B, P, C]
    usable = unit > 0
    y, f, s = known(np.where(usable, truth, np.nan), values, np.where(usable, unit, 1.0))
    return float(np.mean(np.abs(y - f) / s)) if len(y) else None


def mase_scale(history: NDArray[Any], season: int = 1) -> NDArray[np.float64]:
    """Mean absolute error of the seasonal naive on the history: mean of `|y_t - y_(t - season)|`.

    Args:
        history: the training steps of one sequence, [T] or [T, C]; differences with a NaN are left out.
        season: steps per season, at least 1.

    Returns:
        One denominator per target, [] or [C]; NaN where no difference is known.

    Raises:
        SettingsError: the season is shorter than a step.
        DataError: the history is no longer than a season.

    Example:
        >>> float(mase_scale(np.array([1.0, 2.0, 4.0, 7.0]), season=2))
        4.0
    """
    if season < 1:
        raise SettingsError("season", expected="a number of steps of at least 1", came=repr(season), fix="correct it")
    if len(history) <= season:
        raise DataError(
            "history of a sequence",
            expected=f"more than one season of {season} steps",
            came=f"{len(history)} steps",
            fix="use a shorter season or a longer history",
        )
    changes = np.abs(np.asarray(history[season:], dtype=np.float64) - history[:-season])
    counts = (~np.isnan(changes)).sum(axis=0)
    scale: NDArray[np.float64] = np.full(counts.shape, np.nan)
    np.divide(np.nansum(changes, axis=0), counts, out=scale, where=counts > 0)
    return scale


def owa(smape: float, mase: float, *, naive_smape: float, naive_mase: float) -> float:
    """Overall weighted average: mean of sMAPE and MASE, each relative to the Naive2 benchmark.

    Source: Makridakis, Spiliotis & Assimakopoulos, "The M4 competition", International Journal of Forecasting 36
    (2020).

    Example:
        The winner of the hourly series.

        >>> round(owa(9.328, 0.893, naive_smape=18.383, naive_mase=2.395), 3)
        0.44
    """
    return (smape / naive_smape + mase / naive_mase) / 2


def coverage(lower: NDArray[Any], upper: NDArray[Any], truth: NDArray[Any]) -> float:
    """Share of the truth inside its interval, bounds included.

    Example:
        >>> coverage(np.zeros(4), np.ones(4), np.array([0.5, 1.0, 2.0, np.nan])).__round__(4)
        0.6667
    """
    y, low, high = known(truth, lower, upper)
    return float(np.mean((low <= y) & (y <= high)))


def pinball_score(quantiles: NDArray[Any], truth: NDArray[Any], levels: tuple[float, ...]) -> float:
    """Pinball loss, mean over levels of the mean of `max(q (y - f), (q - 1) (y - f))`.

    Source: Koenker & Bassett, "Regression quantiles", Econometrica 46 (1978).

    Args:
        quantiles: one forecast per level, [..., Q].
        truth: what came, [...], NaN where unknown.
        levels: in (0, 1), length Q.

    Example:
        >>> pinball_score(np.array([[0.0, 3.0]]), np.array([1.0]), (0.25, 0.75))
        0.375
    """
    check_shapes(quantiles.shape, (*truth.shape, len(levels)))
    losses = [
        mean_pinball_loss(*known(truth, quantiles[..., place]), alpha=level) for place, level in enumerate(levels)
    ]
    return float(np.mean(losses))
