"""Exponential smoothing, read forward from a stretch of values: level, damped trend, additive season."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LEAST = 128
SEASONS = 3

Matrix = NDArray[np.float64]


class Weights(NamedTuple):
    """How fast each part follows what is new.

    Args:
        level: `alpha`, from 0 to 1.
        trend: `beta`; 0: there is no trend.
        season: `gamma`; below 0: there is no season.
        damping: `phi`, what is left of the trend from step to step.
    """

    level: float
    trend: float
    season: float
    damping: float


class Smoothed(NamedTuple):
    """Where the parts stand after the last value.

    Args:
        level: [w].
        trend: [w].
        season: of the next steps, the nearest first, [w, m].
        errors: what was not foreseen of each value, [w, n].
    """

    level: Matrix
    trend: Matrix
    season: Matrix
    errors: Matrix


def reach_for(season: int) -> int:
    """How many values are looked back on: 128, or three seasons, in whole seasons."""
    return -(-max(LEAST, SEASONS * season) // season) * season


def smooth(values: Matrix, season: int, weights: Weights) -> Smoothed:
    """Read values forward.

        foreseen = level + phi trend + season;  e = value - foreseen
        level += phi trend + alpha e;  trend = phi trend + beta e;  season += gamma e

    Source: Hyndman, Koehler, Ord & Snyder, "Forecasting with exponential smoothing: the state space approach" (2008),
    table 2.2, ETS(A,Ad,A). It starts from the mean of the first season, its deviations, and no trend.

    Args:
        values: [w, n], at least a season.
        season: steps of a season, `m`; 1: none.
        weights: of the parts.
    """
    seasonal = weights.season >= 0 and season > 1
    level = values[:, :season].mean(axis=1) if seasonal else values[:, 0].copy()
    trend = np.zeros(len(values))
    parts = values[:, :season] - level[:, None] if seasonal else np.zeros((len(values), 1))
    parts = parts.copy()
    errors = np.empty_like(values)
    for step in range(values.shape[1]):
        place = step % parts.shape[1]
        ahead = level + weights.damping * trend
        error = values[:, step] - ahead - parts[:, place]
        level = ahead + weights.level * error
        trend = weights.damping * trend + weights.trend * error
        if seasonal:
            parts[:, place] += weights.season * error
        errors[:, step] = error
    return Smoothed(level, trend, np.roll(parts, -(values.shape[1] % parts.shape[1]), axis=1), errors)


def ahead(smoothed: Smoothed, damping: float, horizon: int) -> Matrix:
    """The forecast of the next steps, [w, P]."""
    steps = np.cumsum(damping ** np.arange(1, horizon + 1))
    season = smoothed.season[:, np.arange(horizon) % smoothed.season.shape[1]]
    forecast: Matrix = smoothed.level[:, None] + smoothed.trend[:, None] * steps + season
    return forecast
