"""The majority: every sequence has the probabilities of the training part."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.prepare import Examples


@dataclass(frozen=True)
class Majority:
    """Answers the share of each class among the training sequences.

    Args:
        shares: one per class, summing to 1, [K].
    """

    shares: NDArray[np.float64]
    name: ClassVar[str] = "majority"
    title: ClassVar[str] = "the majority class"
    reach: ClassVar[int] = 1

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Count the classes."""
        numbers = training.truth()
        counts = np.bincount(numbers[numbers >= 0], minlength=hints.classes)
        return cls(counts / counts.sum()) if counts.any() else Skipped("no training sequence has a label")

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The same probabilities for each sequence, [E, K]."""
        return np.tile(self.shares, (len(examples), 1))
