"""Ridge regression on TF-IDF weights of tokens and pairs of tokens."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.labelled import with_values
from seqloom.alternatives.linear import Linear
from seqloom.alternatives.texts.grams import grams
from seqloom.alternatives.texts.weighting import Weighting
from seqloom.prepare import Examples

PENALTY = 1.0
"""Rows of TF-IDF weights have length 1, whatever the texts."""


@dataclass(frozen=True)
class TfidfRidge:
    """A value as a weighted sum of how often each token, and each pair, comes; frequent ones weigh less.

    Args:
        weighting: of counts.
        linear: values of the weights.
    """

    weighting: Weighting
    linear: Linear
    name: ClassVar[str] = "tfidf"
    title: ClassVar[str] = "ridge regression on TF-IDF weights"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 texts."""
        examples, values = with_values(training, hints.seed)
        if len(values) < 2:  # noqa: PLR2004 - one value has no other to differ from
            return Skipped("the training part has fewer than two known values")
        counts = grams(examples)
        weighting = Weighting.fit(counts)
        return cls(weighting, Linear.of(fitters().ridge(weighting(counts), values, PENALTY, solver="lsqr", tol=1e-6)))

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The values of each example, [E, C]."""
        return self.linear(self.weighting(grams(examples)))
