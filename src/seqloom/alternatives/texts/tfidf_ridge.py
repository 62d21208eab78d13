"""Ridge regression on TF-IDF weights of tokens and pairs of tokens."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.labelled import with_values
from seqloom.alternatives.texts.grams import grams
from seqloom.prepare import Examples

PENALTY = 1.0
"""Rows of TF-IDF weights have length 1, whatever the texts."""


@dataclass(frozen=True)
class TfidfRidge:
    """A value as a weighted sum of how often each token, and each pair, comes; frequent ones weigh less.

    Args:
        model: the fitted scikit-learn pipeline.
    """

    model: Any
    name: ClassVar[str] = "tfidf"
    title: ClassVar[str] = "ridge regression on TF-IDF weights"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 texts."""
        examples, values = with_values(training, hints.seed)
        if len(values) < 2:  # noqa: PLR2004 - one value has no other to differ from
            return Skipped("the training part has fewer than two known values")
        model = make_pipeline(TfidfTransformer(sublinear_tf=True), Ridge(PENALTY, solver="lsqr", tol=1e-6))
        return cls(model.fit(grams(examples), values))

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The values of each example, [E, C]."""
        return np.asarray(self.model.predict(grams(examples)), dtype=np.float64).reshape(len(examples), -1)
