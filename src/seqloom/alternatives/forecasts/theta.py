"""The Theta method: the middle between a straight line and exponential smoothing."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.forecasts.series_method import SeriesMethod
from seqloom.alternatives.forecasts.smoothing import Weights, smooth

SLOWEST = 1e-3

Matrix = NDArray[np.float64]


class Theta(SeriesMethod):
    """Simple exponential smoothing of the series without its season, with half the slope of its trend as drift.

    Source: Assimakopoulos & Nikolopoulos, "The theta model: a decomposition approach to forecasting", International
    Journal of Forecasting 16 (2000), in the form of Hyndman & Billah, "Unmasking the Theta method", the same 19 (2003).
    Deviations: the season is added, not multiplied, since scaled values may be negative; season and slope are those of
    the values that a forecast looks back on, 128 or three seasons.
    """

    name: ClassVar[str] = "theta"
    title: ClassVar[str] = "the Theta method"

    @staticmethod
    def learned(values: Matrix, season: int) -> Matrix:
        """The weight of the level with the least squares of what it does not foresee, [1]."""
        without = _whole(values, season)

        def error(alpha: float) -> float:
            return float((smooth(without, 1, _weights(alpha)).errors ** 2).mean())

        return np.array([fitters().least(error, (SLOWEST, 1.0), SLOWEST)])

    @staticmethod
    def unforeseen(parameters: Matrix, values: Matrix, season: int) -> float:
        """See `SeriesMethod.unforeseen`."""
        return float((smooth(_whole(values, season), 1, _weights(parameters[0])).errors ** 2).mean())

    @staticmethod
    def ahead(parameters: Matrix, values: Matrix, season: int, horizon: int) -> Matrix:
        """The level, half the trend and the season."""
        alpha = float(parameters[0])
        parts, slope = decomposed(values, season)
        level = smooth(values - parts[:, np.arange(values.shape[1]) % season], 1, _weights(alpha)).level
        drift = slope[:, None] / 2 * (np.arange(horizon) + 1 / alpha)
        found: Matrix = level[:, None] + drift + parts[:, np.arange(horizon) % season]
        return found


def decomposed(values: Matrix, season: int) -> tuple[Matrix, Matrix]:
    """The season and the slope of some values.

    Args:
        values: whole seasons, [w, n].
        season: steps of a season, `m`; 1: none.

    Returns:
        The mean of each step of the season about the trend, that of the first step first, [w, m]; and the slope of the
        straight line of least squares, [w].
    """
    count = values.shape[1]
    steps = np.arange(count) - (count - 1) / 2
    slope = values @ steps / (steps @ steps)
    if season == 1:
        return np.zeros((len(values), 1)), slope
    level = values - slope[:, None] * steps
    parts = level.reshape(len(values), -1, season).mean(axis=1)
    parts -= parts.mean(axis=1, keepdims=True)
    without = values - np.tile(parts, count // season)  # a season leans on the slope a little
    return parts, without @ steps / (steps @ steps)


def _weights(alpha: float) -> Weights:
    return Weights(float(alpha), 0.0, -1.0, 1.0)


def _whole(values: Matrix, season: int) -> Matrix:
    """The latest whole seasons of a series without their season, [1, n]."""
    if len(values) < 2 * season:
        return values[None]
    values = values[len(values) % season :][None]
    parts, _ = decomposed(values, season)
    return values - np.tile(parts, values.shape[1] // season)
