"""Distance from the nearest training steps."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints
from seqloom.alternatives.anomalies.charted import means_of
from seqloom.alternatives.anomalies.watched import Detector, Watched
from seqloom.alternatives.history import chunks
from seqloom.prepare import Examples

KEPT = 2_000
"""Training steps that are kept, at most."""
NEIGHBOURS = 5
CANDIDATES = 20
"""Kept steps whose distances are worked out exactly."""


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
        asked = _features(watched, self.span)
        return np.concatenate([self._distances(asked[run]) for run in chunks(len(asked), len(self.kept))])

    def _distances(self, asked: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of steps [N, 2 C], [N]: candidates by one matrix product, which rounds, and their distances exactly."""
        center = self.kept.mean(axis=0)
        kept, asked = self.kept - center, asked - center
        order = (kept**2).sum(axis=1) - 2 * asked @ kept.T  # squared distances, less what is the same for all kept
        last = min(CANDIDATES, len(kept)) - 1
        near = np.argpartition(order, last, axis=1)[:, : last + 1]
        distances = np.sqrt(((asked[:, None] - kept[near]) ** 2).sum(axis=2))
        found: NDArray[np.float64] = np.sort(distances, axis=1)[:, :NEIGHBOURS].mean(axis=1)
        return found


def _features(watched: Watched, span: int) -> NDArray[np.float64]:
    return np.concatenate([watched.values, means_of(watched.values, watched, span)], axis=1).astype(np.float64)
