"""The drift forecast: a straight line goes on."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints
from seqloom.alternatives.history import target_history
from seqloom.prepare import Examples


@dataclass(frozen=True)
class Drift:
    """Continues the line through the first and the last value of the lookback."""

    name: ClassVar[str] = "drift"
    title: ClassVar[str] = "the drift forecast"
    reach: ClassVar[int] = 0

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self:  # noqa: ARG003 - nothing is learned
        """There is nothing to learn."""
        return cls()

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """Points on the line, [E, P, C]."""
        targets = target_history(examples.prepared)
        first = targets[examples.start].astype(np.float64)  # [E, C]
        last = targets[examples.stop - 1].astype(np.float64)
        steps = np.maximum(examples.stop - examples.start - 1, 1)[:, None]
        slope = (last - first) / steps
        ahead = np.arange(1, examples.horizon + 1)[None, :, None]  # [1, P, 1]
        line: NDArray[np.float64] = last[:, None] + slope[:, None] * ahead
        return line
