"""An ARIMA model at work: the recursion of differences, forward over what is known and on from there."""

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

MOST = 2
"""Terms of either kind, at most."""

Matrix = NDArray[np.float64]


class Terms(NamedTuple):
    """An ARIMA(p, d, q)(0, D, Q) model, p and q at most 2, the others at most 1.

    Args:
        differences: `d`.
        seasonal: `D`.
        mean: of the differences.
        ar: weights of the last differences, [2].
        ma: weights of what was not foreseen of them, [2].
        seasonal_ma: weight of what was not foreseen a season ago.
    """

    differences: int
    seasonal: int
    mean: float
    ar: tuple[float, float]
    ma: tuple[float, float]
    seasonal_ma: float

    @classmethod
    def of(cls, parameters: Matrix) -> Self:
        """The terms that an array stands for, [8]."""
        d, seasonal, mean, *rest = parameters.tolist()
        return cls(int(d), int(seasonal), mean, (rest[0], rest[1]), (rest[2], rest[3]), rest[4])

    @property
    def array(self) -> Matrix:
        """The terms as an array, [8]."""
        return np.array([self.differences, self.seasonal, self.mean, *self.ar, *self.ma, self.seasonal_ma])


def differenced(values: Matrix, season: int, terms: Terms) -> Matrix:
    """Values [w, n] -> differences [w, n - D m - d]."""
    if terms.seasonal:
        values = values[:, season:] - values[:, :-season]
    return np.diff(values, n=terms.differences, axis=1)


def unforeseen(changes: Matrix, season: int, terms: Terms) -> Matrix:
    """What the model does not foresee of differences less their mean, [w, n], reading forward from nothing."""
    width, count = changes.shape
    before = max(MOST, season)
    past = np.concatenate([np.zeros((width, before)), changes], axis=1)
    errors = np.zeros((width, before + count))
    for step in range(before, before + count):
        errors[:, step] = past[:, step] - _foreseen(past, errors, step, season, terms)
    return errors[:, before:]


def _foreseen(past: Matrix, errors: Matrix, step: int, season: int, terms: Terms) -> Matrix:
    """The next difference, from those before it and what was not foreseen of them, [w]."""
    regular = sum(terms.ar[lag] * past[:, step - 1 - lag] + terms.ma[lag] * errors[:, step - 1 - lag] for lag in (0, 1))
    if not terms.seasonal_ma:
        return np.asarray(regular)
    found: Matrix = regular + terms.seasonal_ma * errors[:, step - season]
    for lag in (0, 1):
        if terms.ma[lag] and step - season - 1 - lag >= 0:
            found = found + terms.seasonal_ma * terms.ma[lag] * errors[:, step - season - 1 - lag]
    return found


def ahead(values: Matrix, season: int, terms: Terms, horizon: int) -> Matrix:
    """The forecast of the next steps, [w, P]."""
    changes = differenced(values, season, terms) - terms.mean
    errors = unforeseen(changes, season, terms)
    later = np.zeros((len(values), horizon))
    past, missed = np.concatenate([changes, later], axis=1), np.concatenate([errors, later], axis=1)
    for step in range(changes.shape[1], past.shape[1]):
        past[:, step] = _foreseen(past, missed, step, season, terms)
    return _added_up(values, season, terms, past[:, changes.shape[1] :] + terms.mean)


def _added_up(values: Matrix, season: int, terms: Terms, found: Matrix) -> Matrix:
    """Differences ahead, [w, P], as values: first regular differences, then the seasonal one."""
    seasonal = values[:, season:] - values[:, :-season] if terms.seasonal else values
    for order in reversed(range(terms.differences)):
        found = np.cumsum(found, axis=1) + np.diff(seasonal, n=order, axis=1)[:, -1:]
    if not terms.seasonal:
        return found
    line = np.concatenate([values[:, -season:], np.zeros_like(found)], axis=1)
    for step in range(found.shape[1]):
        line[:, season + step] = line[:, step] + found[:, step]
    return line[:, season:]
