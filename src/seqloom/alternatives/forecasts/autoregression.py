"""Autoregression: the next value from the last few, forecasts fed back as if they were seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.forecasts.lag_regression import coefficients, unrolled
from seqloom.alternatives.history import chunks, history, target_history, training_series
from seqloom.prepare import Examples

OWN_MODELS = 16
"""Series (sequences times targets) up to which each sequence has a model of its own beside the shared one."""
LAGS = 200

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Autoregression:
    """AR(p) with a constant by least squares, p by Akaike's criterion: the estimates of statsmodels' `AutoReg`.

    Written out for two reasons: sequences can share one model, each weighted by its own spread, and one QR
    decomposition serves every order. The recursion over the horizon is linear in the last p values, so it is worked
    out once per model and applied to all windows as one matrix product. p is at most the lookback.

    Args:
        responses: weights of the last values, oldest first, and of the constant; [models, C, P, lags + 1]. The last
            model is the one all sequences share.
        models: which model a sequence has, by its key; others use the shared one.
    """

    responses: Matrix
    models: Mapping[str, int]
    name: ClassVar[str] = "ar"
    title: ClassVar[str] = "autoregression"

    def __post_init__(self) -> None:
        if self.responses.ndim != 4 or not self.responses.size:  # noqa: PLR2004 - see above
            raise ValueError(f"responses of shape {self.responses.shape}")
        if not all(0 <= model < len(self.responses) for model in self.models.values()):
            raise ValueError(f"a model beyond the {len(self.responses)} there are")

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:  # noqa: ARG003 - nothing is drawn
        """Fit all sequences together, and each of them on its own where they are few."""
        series = training_series(training, target_history(training.prepared))
        if not series:
            return Skipped("the training part has no window")
        channels, lags = training.prepared.targets.shape[1], min(int((training.stop - training.start).max()), LAGS)
        few = len(series) > 1 and len(series) * channels <= OWN_MODELS
        groups = [*([rows] for rows in series.values() if few), list(series.values())]
        responses = np.zeros((len(groups), channels, training.horizon, lags + 1))
        for m, group in enumerate(groups):
            for c in range(channels):
                fitted = coefficients([rows[:, c] for rows in group], lags, training.horizon)
                responses[m, c, :, -len(fitted) :] = unrolled(fitted, training.horizon)
        keys = map(str, training.prepared.keys[list(series)].tolist())
        return cls(responses, {key: m for m, key in enumerate(keys) if few})

    @property
    def reach(self) -> int:
        """The lags."""
        return int(self.responses.shape[-1]) - 1

    def predict(self, examples: Examples) -> Matrix:
        """The recursion from the last values of each window, [E, P, C]."""
        targets = target_history(examples.prepared)
        shared, lags = len(self.responses) - 1, self.responses.shape[-1] - 1
        owners = np.array([self.models.get(str(key), shared) for key in examples.prepared.keys.tolist()])[
            examples.sequence
        ]
        forecasts = np.empty((len(examples), self.responses.shape[2], targets.shape[1]))
        for m in np.unique(owners):
            members = np.flatnonzero(owners == m)
            weights, constant = self.responses[m, :, :, :-1], self.responses[m, :, :, -1]  # [C, P, L], [C, P]
            for run in chunks(len(members), lags * targets.shape[1]):
                seen = history(examples.take(members[run]), targets, lags).transpose(2, 0, 1)  # [C, E, L]
                forecasts[members[run]] = (seen @ weights.swapaxes(1, 2)).transpose(1, 2, 0) + constant.T
        return forecasts
