"""Simple forecasts: from the target's own past alone."""

from seqloom.alternatives.forecasts.arima import Arima as Arima
from seqloom.alternatives.forecasts.autoregression import Autoregression as Autoregression
from seqloom.alternatives.forecasts.drift import Drift as Drift
from seqloom.alternatives.forecasts.ets import ExponentialSmoothing as ExponentialSmoothing
from seqloom.alternatives.forecasts.lookback_ridge import LookbackRidge as LookbackRidge
from seqloom.alternatives.forecasts.naive import Naive as Naive
from seqloom.alternatives.forecasts.seasonal_naive import SeasonalNaive as SeasonalNaive
from seqloom.alternatives.forecasts.theta import Theta as Theta

__all__ = [
    "Arima",
    "Autoregression",
    "Drift",
    "ExponentialSmoothing",
    "LookbackRidge",
    "Naive",
    "SeasonalNaive",
    "Theta",
]
