"""The windowed Gaussian of the Numenta Anomaly Benchmark."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints
from seqloom.alternatives.anomalies.watched import Detector, Watched
from seqloom.prepare import Examples

WINDOW = 6_400
"""Steps whose mean and spread are usual."""
SMALLEST = 1e-6
FEWEST = 10
"""Steps before one that can be told to be far from them."""


@dataclass(frozen=True)
class WindowedGaussian(Detector):
    """How many standard deviations a value is from the mean of the steps before, the farthest column.

    Source: the detector of this name in Lavin & Ahmad (2015). Deviation: the window moves with every step, not by a
    hundred at a time, and distances are compared, not their probabilities, which round to 1;
    the first ten steps of a sequence are not judged.
    """

    name: ClassVar[str] = "gaussian"
    title: ClassVar[str] = "a windowed Gaussian"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self:
        """Only the threshold is learned."""
        return cls(1.0).settled(training, hints)

    def raw(self, watched: Watched) -> NDArray[np.float64]:
        """Standard deviations from the mean, [N]."""
        borders = np.flatnonzero(np.diff(watched.owner)) + 1
        pieces = np.split(watched.values.astype(np.float64), borders)
        return np.concatenate([_distances(values).max(axis=1) for values in pieces])


def _distances(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of one example, [T, C]."""
    zero = np.zeros((1, values.shape[1]))
    sums, squares = (np.concatenate([zero, np.cumsum(each, axis=0)]) for each in (values, values**2))
    stop = np.arange(len(values))
    start = np.maximum(0, stop - WINDOW)
    count = np.maximum(1, stop - start)[:, None]
    mean = (sums[stop] - sums[start]) / count
    spread = np.sqrt(np.maximum((squares[stop] - squares[start]) / count - mean**2, 0.0)) + SMALLEST
    found: NDArray[np.float64] = np.abs(values - mean) / spread
    found[:FEWEST] = 0.0
    return found
