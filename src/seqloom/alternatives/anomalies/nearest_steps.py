"""Distance from the nearest training steps."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors

from seqloom.alternatives.alternative import Hints
from seqloom.alternatives.anomalies.charted import means_of
from seqloom.alternatives.anomalies.watched import Detector, Watched
from seqloom.prepare import Examples

KEPT = 2_000
"""Training steps that are kept, at most."""
NEIGHBOURS = 5


@dataclass(frozen=True)
class NearestSteps(Detector):
    """The mean distance from the five nearest of up to 2,000 training steps, by values and their running means.

    Args:
        threshold: its raw score from which on a step is an anomaly.
        kept: values and means of training steps, [K, 2 C].
        span: steps over which values are averaged, about.
    """

    kept: NDArray[np.float64]
    span: int
    name: ClassVar[str] = "neighbours"
    title: ClassVar[str] = "distance from the nearest training steps"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self:
        """Keep some training steps, evenly spaced."""
        known = _features(Watched.of(training), hints.span)
        places = np.unique(np.linspace(0, len(known) - 1, min(KEPT, len(known))).round().astype(np.int64))
        return cls(1.0, known[places], hints.span).settled(training, hints)

    def raw(self, watched: Watched) -> NDArray[np.float64]:
        """The mean distance."""
        neighbours = min(NEIGHBOURS, len(self.kept))
        distances, _ = NearestNeighbors(n_neighbors=neighbours).fit(self.kept).kneighbors(_features(watched, self.span))
        found: NDArray[np.float64] = distances.mean(axis=1)
        return found


def _features(watched: Watched, span: int) -> NDArray[np.float64]:
    return np.concatenate([watched.values, means_of(watched.values, watched, span)], axis=1).astype(np.float64)
