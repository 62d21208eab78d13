"""ARIMA: differences that depend on those before them, and on what was not foreseen of these."""

from itertools import product
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.forecasts.arima_terms import MOST, Terms, ahead, differenced, unforeseen
from seqloom.alternatives.forecasts.series_method import SeriesMethod

ORDERS = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 1), (2, 2))
"""Autoregressive and moving terms that are tried."""
LONGEST_MOVING = 60
"""Steps of a season up to which a seasonal moving term is tried: longer ones take minutes to estimate."""
STRONG = 0.64
"""Share of the variance that a season has to explain for the series to be differenced by it."""
LEAST_ROWS = 10
GROWTH = 0.999
"""Size of the roots from which on a recursion would grow, or what was not foreseen would never be forgotten."""

Matrix = NDArray[np.float64]


class Arima(SeriesMethod):
    """ARIMA by statsmodels' estimates; differences by tests, orders by Akaike's criterion for short series.

    Source of the choices: Hyndman & Khandakar, "Automatic time series forecasting: the forecast package for R", Journal
    of Statistical Software 27 (2008): differences until a KPSS test does not object, a seasonal one where the season is
    strong. Deviations: eight orders are tried, not a search; the only seasonal term is a moving one. A forecast reads
    the last 128 values, or three seasons, and starts with nothing unforeseen.
    """

    name: ClassVar[str] = "arima"
    title: ClassVar[str] = "ARIMA"

    @staticmethod
    def learned(values: Matrix, season: int) -> Matrix:
        """The terms of one series; those of a random walk where it is constant or too short."""
        walk = Terms(1, 0, 0.0, (0.0, 0.0), (0.0, 0.0), 0.0)
        if len(values) < max(LEAST_ROWS, 3 * season if season > 1 else 0) or not np.ptp(values):
            return walk.array
        seasonal = int(season > 1 and _strength(values, season) > STRONG)
        changes = values[season:] - values[:-season] if seasonal else values
        differences = _differences(changes)
        changes = np.diff(changes, n=differences)
        spread = float(changes.std())
        if not spread:
            return walk.array
        # a mean of differences is a slope that never ends: only series that return to a level have one
        mean = float(changes.mean()) if not differences and not seasonal else 0.0
        moving = (0, 1) if seasonal and season <= LONGEST_MOVING else (0,)
        best, found = np.inf, Terms(differences, seasonal, mean, (0.0, 0.0), (0.0, 0.0), 0.0)
        for (p, q), again in product(ORDERS, moving):
            criterion, terms = _estimates((changes - mean) / spread, season, found, (p, q, again))
            if criterion < best:
                best, found = criterion, terms
        return found.array

    @staticmethod
    def unforeseen(parameters: Matrix, values: Matrix, season: int) -> float:
        """See `SeriesMethod.unforeseen`."""
        terms = Terms.of(parameters)
        if len(values) <= season + terms.differences + 1:
            return float(values.var())
        changes = differenced(values[None], season, terms) - terms.mean
        return float((unforeseen(changes, season, terms) ** 2).mean())

    @staticmethod
    def ahead(parameters: Matrix, values: Matrix, season: int, horizon: int) -> Matrix:
        """The recursion of the differences, added up again."""
        return ahead(values, season, Terms.of(parameters), horizon)


def _estimates(changes: Matrix, season: int, base: Terms, orders: tuple[int, int, int]) -> tuple[float, Terms]:
    """Akaike's criterion for short series, infinite where there is no estimate, and the terms of some orders."""
    fitted = fitters().arima(changes, orders, season)
    if fitted is None:
        return np.inf, base
    (p, q, again), (criterion, weights) = orders, fitted
    ar, ma = (*weights[:p], 0.0, 0.0)[:MOST], (*weights[p : p + q], 0.0, 0.0)[:MOST]
    terms = base._replace(ar=(ar[0], ar[1]), ma=(ma[0], ma[1]), seasonal_ma=weights[-1] if again else 0.0)
    return (criterion, terms) if _settles(terms) else (np.inf, base)


def _settles(terms: Terms) -> bool:
    """Whether forecasts do not grow, and what was not foreseen is forgotten."""
    both = [np.roots([1.0, -terms.ar[0], -terms.ar[1]]), np.roots([1.0, terms.ma[0], terms.ma[1]])]
    return bool(np.abs(np.concatenate(both)).max(initial=0.0) < GROWTH) and abs(terms.seasonal_ma) < 1


def _differences(values: Matrix) -> int:
    """How often a series is differenced, at most twice, until a KPSS test for a level does not object."""
    for count in (0, 1):
        if not np.ptp(values):
            return count
        if fitters().leveled(values):
            return count
        values = np.diff(values)
    return 2 if np.ptp(values) else 1


def _strength(values: Matrix, season: int) -> float:
    """Share of the variance about the trend that the season explains."""
    padded = np.pad(values, (season // 2, season - season // 2 - 1), "edge")
    from_trend = values - np.convolve(padded, np.ones(season) / season, "valid")
    phases = np.arange(len(values)) % season
    means = np.bincount(phases, from_trend) / np.bincount(phases)
    total = float(from_trend.var())
    return 1 - float((from_trend - means[phases]).var()) / total if total else 0.0
