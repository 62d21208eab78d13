"""Exponential smoothing: a level, a trend and a season that follow what is new."""

import warnings
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.forecasts.each_series import EachSeries
from seqloom.alternatives.forecasts.smoothing import Weights, ahead, reach_for, smooth
from seqloom.prepare import Examples

LONGEST_SEASON = 400
ITERATIONS = 100
FORMS = ((False, False), (True, False), (False, True), (True, True))
"""With a damped trend or without, with a season or without."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class ExponentialSmoothing:
    """ETS with additive errors: statsmodels' estimates of the form with the least Akaike criterion.

    A forecast reads the last 128 values, or three seasons: what lies before has no weight to speak of.

    Args:
        series: weights of level, trend, season and damping of each series.
        season: steps of a season; 1: none.
    """

    series: EachSeries
    season: int
    name: ClassVar[str] = "ets"
    title: ClassVar[str] = "exponential smoothing"

    def __post_init__(self) -> None:
        if not 1 <= self.season <= LONGEST_SEASON:
            raise ValueError(f"a season of {self.season} steps")

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Fit each series, or up to 16 of many."""
        if not len(training):
            return Skipped("the training part has no window")
        season = hints.season if hints.season <= LONGEST_SEASON else 1
        return cls(EachSeries.fit(training, partial(_fitted, season=season), partial(_error, season=season)), season)

    @property
    def reach(self) -> int:
        """Values that a forecast looks back on."""
        return reach_for(self.season)

    def predict(self, examples: Examples) -> Matrix:
        """Level, trend and season as they go on, [E, P, C]."""
        forecasts = np.empty((len(examples), examples.horizon, examples.prepared.targets.shape[1]))
        for places, channel, parameters, values in self.series.runs(examples, self.reach):
            weights = Weights(*parameters.tolist())
            forecasts[places, :, channel] = ahead(
                smooth(values, self.season, weights), weights.damping, examples.horizon
            )
        return forecasts


def _fitted(values: Matrix, season: int) -> Matrix:
    """The weights of one series; those of a level that never moves where it is constant or too short."""
    best, found = np.inf, Weights(1.0, 0.0, -1.0, 1.0)
    if len(values) < 4 or not np.ptp(values):  # noqa: PLR2004 - fewer have nothing to smooth
        return np.array(found)
    scale = float(values.std())
    for trend, seasonal in FORMS:
        if seasonal and (season < 2 or len(values) < 2 * season):  # noqa: PLR2004 - a season, and it comes twice
            continue
        fitted = _estimates(values / scale, season, trend=trend, seasonal=seasonal)
        if fitted is not None and fitted.aic < best:
            named = dict(zip(fitted.model.param_names, np.asarray(fitted.params).tolist(), strict=True))
            best = fitted.aic
            found = Weights(
                named["smoothing_level"],
                named.get("smoothing_trend", 0.0),
                named["smoothing_seasonal"] if seasonal else -1.0,
                named.get("damping_trend", 1.0),
            )
    return np.array(found)


def _estimates(values: Matrix, season: int, *, trend: bool, seasonal: bool) -> Any:  # noqa: ANN401 - statsmodels has no types
    """What statsmodels finds, None where it finds nothing."""
    model = ETSModel(
        values,
        error="add",
        trend="add" if trend else None,
        damped_trend=trend,
        seasonal="add" if seasonal else None,
        seasonal_periods=season if seasonal else None,
        initialization_method="heuristic",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where it stops early, what it has by then is still compared
        try:
            return model.fit(disp=False, maxiter=ITERATIONS)
        except (ValueError, np.linalg.LinAlgError):
            return None


def _error(parameters: Matrix, values: Matrix, season: int) -> float:
    return float((smooth(values[None], season, Weights(*parameters.tolist())).errors ** 2).mean())
