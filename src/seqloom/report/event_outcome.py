"""Which event was expected after each event of a part, and which came."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import EventPrediction, EventTruth

SMALLEST = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class EventOutcome:
    """Which event was expected after each event of a part, and which came.

    Args:
        prediction: the model's distributions of B events.
        truth: what came.
        before: numbers of the types of the last few events before each, the latest last; -1 where there was none or it
            is not known, [B, n].
    """

    prediction: EventPrediction
    truth: EventTruth
    before: NDArray[np.int64]

    @property
    def labels(self) -> NDArray[np.int64]:
        """Numbers of the expected types, [B]."""
        found: NDArray[np.int64] = self.prediction.probabilities.argmax(axis=1)
        return found

    @property
    def known(self) -> NDArray[np.int64]:
        """Rows whose type is known."""
        return np.flatnonzero(self.truth.types >= 0)

    @cached_property
    def losses(self) -> NDArray[np.float64]:
        """Minus the logarithm of the probability of what came, -1 where it is not known, [B]."""
        types = self.truth.types
        chosen = self.prediction.probabilities[np.arange(len(types)), np.maximum(types, 0)]
        return np.where(types < 0, -1.0, -np.log(np.clip(chosen, SMALLEST, 1.0)))

    def surprises(self, count: int) -> list[int]:
        """The rows whose type was least expected, the least first."""
        order = np.argsort(-self.losses, kind="stable")
        return [int(row) for row in order[: min(count, len(self.known))]]

    def frequent(self, count: int) -> list[int]:
        """Numbers of the types that came most often, the most frequent first; all of them where they are no more."""
        counts = np.bincount(self.truth.types[self.known], minlength=len(self.prediction.types))
        order = np.argsort(-counts, kind="stable")
        return [int(number) for number in order[:count]]
