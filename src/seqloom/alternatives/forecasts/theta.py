"""The Theta method: the middle between a straight line and exponential smoothing."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.forecasts.each_series import EachSeries
from seqloom.alternatives.forecasts.smoothing import Weights, reach_for, smooth
from seqloom.prepare import Examples

SLOWEST = 1e-3
LONGEST_SEASON = 400

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Theta:
    """Simple exponential smoothing of the series without its season, with half the slope of its trend as drift.

    Source: Assimakopoulos & Nikolopoulos, "The theta model: a decomposition approach to forecasting", International
    Journal of Forecasting 16 (2000), in the form of Hyndman & Billah, "Unmasking the Theta method", the same 19 (2003).
    Deviations: the season is added, not multiplied, since scaled values may be negative; season and slope are those of
    the values that a forecast looks back on, 128 or three seasons.

    Args:
        series: how fast the level of each series follows what is new.
        season: steps of a season; 1: none.
    """

    series: EachSeries
    season: int
    name: ClassVar[str] = "theta"
    title: ClassVar[str] = "the Theta method"

    def __post_init__(self) -> None:
        if not 1 <= self.season <= LONGEST_SEASON:
            raise ValueError(f"a season of {self.season} steps")

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Find the weight of each series, or of up to 16 of many."""
        if not len(training):
            return Skipped("the training part has no window")
        season = hints.season if hints.season <= LONGEST_SEASON else 1
        return cls(EachSeries.fit(training, partial(_fitted, season=season), partial(_error, season=season)), season)

    @property
    def reach(self) -> int:
        """Values that a forecast looks back on."""
        return reach_for(self.season)

    def predict(self, examples: Examples) -> Matrix:
        """The level, half the trend and the season, [E, P, C]."""
        horizon = examples.horizon
        forecasts = np.empty((len(examples), horizon, examples.prepared.targets.shape[1]))
        for places, channel, (alpha,), values in self.series.runs(examples, self.reach):
            season, slope = decomposed(values, self.season)
            level = smooth(values - season[:, np.arange(values.shape[1]) % self.season], 1, _weights(alpha)).level
            drift = slope[:, None] / 2 * (np.arange(horizon) + 1 / alpha)
            forecasts[places, :, channel] = level[:, None] + drift + season[:, np.arange(horizon) % self.season]
        return forecasts


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


def _fitted(values: Matrix, season: int) -> Matrix:
    """The weight of the level with the least squares of what it does not foresee, [1]."""
    without = _whole(values, season)

    def error(alpha: float) -> float:
        return float((smooth(without, 1, _weights(alpha)).errors ** 2).mean())

    found = minimize_scalar(error, bounds=(SLOWEST, 1.0), method="bounded", options={"xatol": SLOWEST})
    return np.array([found.x])


def _error(parameters: Matrix, values: Matrix, season: int) -> float:
    return float((smooth(_whole(values, season), 1, _weights(parameters[0])).errors ** 2).mean())
