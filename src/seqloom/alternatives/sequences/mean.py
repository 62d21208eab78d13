"""The mean: every sequence has the mean value of the training part."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.labelled import with_values
from seqloom.prepare import Examples


@dataclass(frozen=True)
class Mean:
    """Answers the mean of each target.

    Args:
        values: one per target, [C].
    """

    values: NDArray[np.float64]
    name: ClassVar[str] = "mean"
    title: ClassVar[str] = "the mean"
    reach: ClassVar[int] = 1

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Average the known values."""
        _, values = with_values(training, hints.seed)
        return cls(values.mean(axis=0)) if len(values) else Skipped("no training sequence has a value")

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The same values for each example, [E, C]."""
        return np.tile(self.values, (len(examples), 1))
