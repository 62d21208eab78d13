"""The naive forecast: nothing changes."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints
from seqloom.alternatives.history import history, target_history
from seqloom.prepare import Examples


@dataclass(frozen=True)
class Naive:
    """Repeats the last value."""

    name: ClassVar[str] = "naive"
    title: ClassVar[str] = "the naive forecast"
    reach: ClassVar[int] = 1

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self:  # noqa: ARG003 - nothing is learned
        """There is nothing to learn."""
        return cls()

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The last value at every step ahead, [E, P, C]."""
        last = history(examples, target_history(examples.prepared), 1)  # [E, 1, C]
        return np.repeat(last, examples.horizon, axis=1)
