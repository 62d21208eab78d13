"""Each stream beside its own past, without a network."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints
from seqloom.alternatives.anomalies.watched import Detector, Watched
from seqloom.prepare import Examples
from seqloom.usual import Past

FORGET = 5_000


@dataclass(frozen=True)
class OwnPast(Detector):
    """The surprise of values and changes beside all that came before in the same stream.

    Args:
        threshold: its raw score from which on a step is an anomaly.
        span: steps whose mean is the level.
    """

    span: int

    name: ClassVar[str] = "past"
    title: ClassVar[str] = "surprise beside the stream's own past"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self:
        """Only the threshold is learned."""
        return cls(1.0, hints.span).settled(training, hints)

    def raw(self, watched: Watched) -> NDArray[np.float64]:
        """The surprise of all columns together."""
        past = Past(watched.values.shape[1], self.span, FORGET)
        before = np.zeros((watched.count, past.width), dtype=np.float32)
        found, _ = past.surprise(watched.values, watched.before, watched.owner, before)
        total: NDArray[np.float64] = found.astype(np.float64).sum(axis=1)
        return total
