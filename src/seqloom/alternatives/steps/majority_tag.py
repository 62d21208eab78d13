"""The majority: every step has the probabilities of the training part."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.steps.tag_counts import class_counts, labelled_steps
from seqloom.prepare import Examples


@dataclass(frozen=True)
class MajorityTag:
    """Answers the share of each class among the training steps.

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
        counts = class_counts(labelled_steps(training)[1], hints.classes)
        return cls(counts / counts.sum()) if counts.any() else Skipped("no training step has a label")

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The same probabilities for each step, [N, K]."""
        return np.tile(self.shares, (int((examples.stop - examples.start).sum()), 1))
