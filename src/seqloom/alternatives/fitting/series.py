"""Estimates of statsmodels and scipy for single series."""

import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from statsmodels.tsa.arima import model as statsmodels_arima
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.stattools import acf, kpss

ITERATIONS = 100
LEVEL = 0.05
"""Probability below which a KPSS test objects."""

Matrix = NDArray[np.float64]


def autocorrelation(values: Matrix, longest: int) -> Matrix:
    """The autocorrelation at lags from 0 to the longest, [longest + 1], of a series [n]."""
    found: Matrix = acf(values, nlags=longest, fft=True)
    return found


def leveled(values: Matrix) -> bool:
    """Whether a KPSS test does not object to a series [n] that returns to a level."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # p-values beyond those of the table are named as such
        return bool(kpss(values, regression="c", nlags="auto")[1] > LEVEL)


def least(error: Callable[[float], float], bounds: tuple[float, float], tolerance: float) -> float:
    """The number between two bounds that has the least error, about."""
    return float(minimize_scalar(error, bounds=bounds, method="bounded", options={"xatol": tolerance}).x)


def arima(changes: Matrix, orders: tuple[int, int, int], season: int) -> tuple[float, list[float]] | None:
    """Akaike's criterion for short series and the weights of an ARMA model; None where there is no estimate.

    Args:
        changes: a series about 0, [n].
        orders: autoregressive, moving and seasonal moving terms, whose weights come in this order.
        season: steps of a season.
    """
    p, q, again = orders
    seasonal = (0, 0, again, season) if again else (0, 0, 0, 0)
    model = statsmodels_arima.ARIMA(changes, order=(p, 0, q), seasonal_order=seasonal, trend="n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where it stops early, what it has by then is still compared
        try:
            fitted = model.fit(method="innovations_mle")
        except (ValueError, np.linalg.LinAlgError):
            return None
    return float(fitted.aicc), np.asarray(fitted.params)[: p + q + again].tolist()


def exponential_smoothing(
    values: Matrix, season: int, *, trend: bool, seasonal: bool
) -> tuple[float, dict[str, float]] | None:
    """Akaike's criterion and the parameters of exponential smoothing, by name; None where there is no estimate.

    Args:
        values: a series, [n].
        season: steps of a season.
        trend: whether there is a damped one.
        seasonal: whether there is a season.
    """
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
            fitted = model.fit(disp=False, maxiter=ITERATIONS)
        except (ValueError, np.linalg.LinAlgError):
            return None
    return float(fitted.aic), dict(zip(model.param_names, np.asarray(fitted.params).tolist(), strict=True))
