"""Exponential smoothing: a level, a trend and a season that follow what is new."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.forecasts.series_method import SeriesMethod
from seqloom.alternatives.forecasts.smoothing import Weights, ahead, smooth

FORMS = ((False, False), (True, False), (False, True), (True, True))
"""With a damped trend or without, with a season or without."""

Matrix = NDArray[np.float64]


class ExponentialSmoothing(SeriesMethod):
    """ETS with additive errors: statsmodels' estimates of the form with the least Akaike criterion.

    A forecast reads the last 128 values, or three seasons: what lies before has no weight to speak of.
    """

    name: ClassVar[str] = "ets"
    title: ClassVar[str] = "exponential smoothing"

    @staticmethod
    def learned(values: Matrix, season: int) -> Matrix:
        """The weights of one series; those of a level that never moves where it is constant or too short."""
        best, found = np.inf, Weights(1.0, 0.0, -1.0, 1.0)
        if len(values) < 4 or not np.ptp(values):  # noqa: PLR2004 - fewer have nothing to smooth
            return np.array(found)
        scale = float(values.std())
        for trend, seasonal in FORMS:
            if seasonal and (season < 2 or len(values) < 2 * season):  # noqa: PLR2004 - a season, and it comes twice
                continue
            fitted = fitters().exponential_smoothing(values / scale, season, trend=trend, seasonal=seasonal)
            if fitted is not None and fitted[0] < best:
                best, named = fitted
                found = Weights(
                    named["smoothing_level"],
                    named.get("smoothing_trend", 0.0),
                    named["smoothing_seasonal"] if seasonal else -1.0,
                    named.get("damping_trend", 1.0),
                )
        return np.array(found)

    @staticmethod
    def unforeseen(parameters: Matrix, values: Matrix, season: int) -> float:
        """See `SeriesMethod.unforeseen`."""
        return float((smooth(values[None], season, Weights(*parameters.tolist())).errors ** 2).mean())

    @staticmethod
    def ahead(parameters: Matrix, values: Matrix, season: int, horizon: int) -> Matrix:
        """Level, trend and season as they go on."""
        weights = Weights(*parameters.tolist())
        return ahead(smooth(values, season, weights), weights.damping, horizon)
