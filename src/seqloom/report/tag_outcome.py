"""Which class each step of a part was given, and which it has."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import TagPrediction


@dataclass(frozen=True)
class TagOutcome:
    """Which class each step of a part was given, and which it has.

    Args:
        prediction: the model's labels and probabilities for N steps.
        truth: true class numbers, -1 where unlabelled, -2 for a class nobody learned, [N].
        new: which steps are words the vocabulary does not have, [N]; None: steps are no words.
    """

    prediction: TagPrediction
    truth: NDArray[np.int64]
    new: NDArray[np.bool_] | None = None

    @cached_property
    def labels(self) -> NDArray[np.int64]:
        """The predicted classes as numbers, [N]."""
        numbers = {name: number for number, name in enumerate(self.prediction.classes)}
        return np.array([numbers[str(label)] for label in self.prediction.labels.tolist()], dtype=np.int64)

    @property
    def known(self) -> NDArray[np.int64]:
        """Steps whose class is known and was learned."""
        return np.flatnonzero(self.truth >= 0)

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Labelled steps that were given another class, [N]."""
        missed: NDArray[np.bool_] = (self.truth != -1) & (self.labels != self.truth)
        return missed

    @cached_property
    def sequence(self) -> NDArray[np.int64]:
        """Which sequence each step belongs to, counted in the order of the steps, [N]."""
        return np.cumsum(self.prediction.steps == 1) - 1

    def worst_sequences(self, count: int) -> list[int]:
        """The sequences with the most mistakes, the most first."""
        mistakes = np.bincount(self.sequence, self.wrong)
        order = np.argsort(-mistakes, kind="stable")[:count]
        return [int(number) for number in order if mistakes[number]]

    def confusions(self, count: int) -> list[tuple[int, int, int]]:
        """The pairs of true and predicted class that were confused most, each with how often."""
        classes = len(self.prediction.classes)
        missed = np.flatnonzero(self.wrong & (self.truth >= 0))
        cells = np.bincount(self.truth[missed] * classes + self.labels[missed], minlength=classes**2)
        order = np.argsort(-cells, kind="stable")[:count]
        return [(cell // classes, cell % classes, int(cells[cell])) for cell in order.tolist() if cells[cell]]
