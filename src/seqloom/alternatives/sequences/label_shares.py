"""The shares of the labels, and the set of them that is most frequent."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.sequences.each_label import with_labels
from seqloom.prepare import Examples


@dataclass(frozen=True)
class LabelShares:
    """The same for every sequence: as probability the share of each label, as labels the most frequent set of them.

    Args:
        shares: of the training sequences that have each label, [K].
        given: 1 for each label of the most frequent set, [K].
    """

    shares: NDArray[np.float64]
    given: NDArray[np.float64]
    name: ClassVar[str] = "most_common"
    title: ClassVar[str] = "the most frequent labels"
    reach: ClassVar[int] = 1

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Count labels and sets."""
        _, truth = with_labels(training, hints.seed)
        whole = truth[np.isfinite(truth).all(axis=1)]
        if not len(whole):
            return Skipped("no training sequence has all its labels known")
        sets, counts = np.unique(whole, axis=0, return_counts=True)
        return cls(np.nanmean(truth, axis=0), sets[counts.argmax()])

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The same for each sequence, [E, K, 2]."""
        return np.tile(np.stack([self.shares, self.given], axis=1), (len(examples), 1, 1))
