"""A control chart: how far running means of several signals lie from where they usually are.

Source: Lowry, Woodall, Champ & Rigdon, "A multivariate exponentially weighted moving average control chart",
Technometrics 34 (1992). Deviation: the covariance is measured on the running means themselves, whatever their
autocorrelation; see `chart_of` among the alternatives.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import compiled

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Chart:
    """Where running means usually are.

    Args:
        center: their middle, [W].
        precision: the inverse of their covariance, [W, W].
    """

    center: NDArray[np.float64]
    precision: NDArray[np.float64]

    def parts(self, means: NDArray[np.floating]) -> NDArray[np.float64]:
        """What each signal adds to the squared distance of each step, [N, W]; a mean over the signals, their sum is it.

        Args:
            means: running means, [N, W].
        """
        away = means.astype(np.float64) - self.center
        shares: NDArray[np.float64] = away * (away @ self.precision) / len(self.center)
        return shares

    def distances(self, means: NDArray[np.floating]) -> NDArray[np.float64]:
        """How far each step is, the root of the sum of its parts, [N].

        Args:
            means: running means, [N, W].
        """
        found: NDArray[np.float64] = np.sqrt(np.maximum(self.parts(means).sum(axis=1), 0.0))
        return found


def smoothed(values: Floats, owner: NDArray[np.int64], before: Floats, span: int) -> tuple[Floats, Floats]:
    """Exponentially weighted running means, each sequence's own.

    Args:
        values: steps in the order of time, those of several sequences mixed, [N, W]; NaN leaves a mean where it was.
        owner: the sequence of each step, [N].
        before: the means before the first of these steps, [B, W].
        span: steps averaged, about: each new one weighs `2 / (span + 1)`.

    Returns:
        The means after each step, [N, W], and after the last step of each sequence, [B, W].
    """
    after = before.copy()
    return _smooth(values, owner, after, np.float32(2 / (span + 1))), after


@compiled
def _smooth(values: Floats, owner: NDArray[np.int64], state: Floats, weight: np.float32) -> Floats:
    """Change the state step by step; what it was after each."""
    found = np.empty_like(values)
    for row in range(values.shape[0]):
        own = owner[row]
        for place in range(values.shape[1]):
            value = values[row, place]
            if not np.isnan(value):
                state[own, place] += weight * (value - state[own, place])
            found[row, place] = state[own, place]
    return found
