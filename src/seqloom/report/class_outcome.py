"""Which class each sequence of a part was given, and which it has."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import Array, ClassPrediction


@dataclass(frozen=True)
class ClassOutcome:
    """Which class each sequence of a part was given, and which it has.

    Args:
        prediction: the model's labels and probabilities for B sequences.
        truth: true class numbers, negative where unlabelled, [B].
        series: the features of one sequence by its row, [T, F], to draw the worst cases.
        features: names of the features, length F.
        text: what the model read of one sequence by its row, where sequences are texts.
    """

    prediction: ClassPrediction
    truth: NDArray[np.int64]
    series: Callable[[int], Array]
    features: tuple[str, ...]
    text: Callable[[int], str] | None = None

    @property
    def labels(self) -> NDArray[np.int64]:
        """The predicted classes as numbers, [B]."""
        numbers = {name: number for number, name in enumerate(self.prediction.classes)}
        return np.array([numbers[str(label)] for label in self.prediction.labels.tolist()], dtype=np.int64)

    @property
    def known(self) -> NDArray[np.int64]:
        """Rows whose class is known."""
        return np.flatnonzero(self.truth >= 0)

    def mistakes(self, count: int) -> list[int]:
        """The wrong rows the model was most sure of, surest first."""
        labels = self.labels
        wrong = np.flatnonzero((self.truth >= 0) & (labels != self.truth))
        sureness = self.prediction.probabilities[wrong, labels[wrong]]
        return [int(row) for row in wrong[np.argsort(-sureness, kind="stable")][:count]]
