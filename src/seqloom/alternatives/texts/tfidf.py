"""Logistic regression on TF-IDF weights of tokens and pairs of tokens."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.labelled import bounded, with_classes
from seqloom.alternatives.sequences.logistic import all_classes
from seqloom.alternatives.texts.grams import grams
from seqloom.prepare import Examples

STRENGTH = 10.0
ITERATIONS = 200


@dataclass(frozen=True)
class Tfidf:
    """Logistic regression on counts of tokens and pairs, frequent ones weighing less.

    Args:
        model: the fitted scikit-learn pipeline.
        classes: number of classes, those without a training sequence included.
    """

    model: Any
    classes: int
    name: ClassVar[str] = "tfidf"
    title: ClassVar[str] = "logistic regression on TF-IDF weights"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 texts."""
        examples, numbers = with_classes(training, hints.seed)
        if len(np.unique(numbers)) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
            return Skipped("the training part has fewer than two classes")
        model = weighted(STRENGTH)
        with bounded():
            model.fit(grams(examples), numbers)
        return cls(model, hints.classes)

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The probability of each class, [E, K]."""
        return all_classes(self.model, grams(examples), self.classes)


def weighted(strength: float) -> Any:  # noqa: ANN401 - scikit-learn has no types
    """Logistic regression on TF-IDF weights."""
    return make_pipeline(TfidfTransformer(sublinear_tf=True), LogisticRegression(C=strength, max_iter=ITERATIONS))
