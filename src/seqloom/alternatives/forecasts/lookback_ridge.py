"""Ridge regression on the lookback: every step ahead as a weighted sum of the values seen."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.history import chunks, future, history, target_history
from seqloom.prepare import Examples

ROWS = 20_000
CELLS = 8_000_000
LAGS = 1_024
PENALTIES = (1e-4, 1e-3, 1e-2, 1e-1, 1.0)
"""Strengths to choose from, relative to the number of rows: lags have a variance of about 1."""
USUAL_PENALTY = 1e-2
CHOOSING_SHARE = 0.2

Pairs = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True)
class LookbackRidge:
    """A linear map from lookback to horizon, shared by all targets and sequences.

    As in NLinear (Zeng et al. 2023) the last value is subtracted before and added after. Unlike there, the map is the
    closed form of ridge regression, on pairs divided by the usual spread of their sequence's lookbacks, so that
    sequences of any scale count alike; being linear, it is applied to values as they are.

    Args:
        weights: [P, lags].
    """

    weights: NDArray[np.float64]
    name: ClassVar[str] = "ridge"
    title: ClassVar[str] = "ridge regression on the lookback"

    def __post_init__(self) -> None:
        if self.weights.ndim != 2 or not self.weights.size:  # noqa: PLR2004 - a matrix
            raise ValueError(f"weights of shape {self.weights.shape}")

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 pairs, drawn at random; the last fifth of the windows chooses the penalty."""
        if not len(training):
            return Skipped("the training part has no window")
        drawn = np.random.default_rng(hints.seed)
        penalty = _chosen_penalty(training, drawn)
        return cls(_solved(_pairs(training, drawn), penalty))

    @property
    def reach(self) -> int:
        """The longest lookback of the training part, at most 1,024 steps."""
        return int(self.weights.shape[1])

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The last value plus the weighted sum of the distances from it, [E, P, C]."""
        targets = target_history(examples.prepared)
        horizon, lags = self.weights.shape
        forecasts = np.empty((len(examples), horizon, targets.shape[1]))
        for places in chunks(len(examples), lags * targets.shape[1]):
            seen = history(examples.take(places), targets, lags).swapaxes(1, 2)  # [E, C, L]
            last = seen[:, :, -1:]
            forecasts[places] = ((seen - last) @ self.weights.T + last).swapaxes(1, 2)
        return forecasts


def _pairs(examples: Examples, drawn: np.random.Generator) -> Pairs:
    """Scaled lookbacks [rows, lags] and horizons [rows, P] of windows drawn at random, one row per target."""
    targets = target_history(examples.prepared)
    channels = targets.shape[1]
    lags = min(int((examples.stop - examples.start).max()), LAGS)
    rows = min(ROWS, CELLS // (lags + examples.horizon))
    if len(examples) * channels > rows:
        examples = examples.take(np.sort(drawn.choice(len(examples), max(1, rows // channels), replace=False)))
    seen = history(examples, targets, lags).swapaxes(1, 2)  # [E, C, L]
    ahead = future(examples, targets).swapaxes(1, 2)  # [E, C, P]
    last, spread = seen[:, :, -1:], _usual_spread(seen, examples)
    return ((seen - last) / spread).reshape(-1, lags), ((ahead - last) / spread).reshape(-1, examples.horizon)


def _usual_spread(seen: NDArray[np.float64], examples: Examples) -> NDArray[np.float64]:
    """Mean standard deviation of the lookbacks of each window's sequence, 1 where they are constant, [E, C, 1]."""
    _, owner, counts = np.unique(examples.sequence, return_inverse=True, return_counts=True)
    deviations = np.zeros((len(counts), seen.shape[1]))
    np.add.at(deviations, owner, seen.std(axis=2))
    deviations /= counts[:, None]
    return np.where(deviations > 0, deviations, 1.0)[owner][:, :, None]


def _solved(pairs: Pairs, penalty: float) -> NDArray[np.float64]:
    """The weights [P, lags] of ridge regression without an intercept."""
    ridge = fitters().ridge(*pairs, penalty * len(pairs[0]), fit_intercept=False, solver="cholesky")
    weights: NDArray[np.float64] = np.atleast_2d(ridge.coef_)
    return weights


def _chosen_penalty(training: Examples, drawn: np.random.Generator) -> float:
    """The penalty with the least error on the last windows of each sequence, whose horizons the others do not see."""
    _, owner = np.unique(training.sequence, return_inverse=True)
    first = np.full(owner.max() + 1, training.stop.max())
    last = np.zeros_like(first)
    np.minimum.at(first, owner, training.stop)
    np.maximum.at(last, owner, training.stop)
    cut = (first + (1 - CHOOSING_SHARE) * (last - first))[owner]
    early, late = training.stop + training.horizon <= cut, training.stop > cut
    if not early.any() or not late.any():
        return USUAL_PENALTY
    fitting, choosing = (_pairs(training.take(np.flatnonzero(part)), drawn) for part in (early, late))
    lags = min(fitting[0].shape[1], choosing[0].shape[1])
    errors = [
        np.mean((choosing[0][:, -lags:] @ _solved(fitting, penalty)[:, -lags:].T - choosing[1]) ** 2)
        for penalty in PENALTIES
    ]
    return PENALTIES[int(np.argmin(errors))]
