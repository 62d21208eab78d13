"""Logistic regression on TF-IDF weights of tokens and pairs of tokens."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.labelled import with_classes
from seqloom.alternatives.linear import Classes, Linear
from seqloom.alternatives.texts.grams import grams
from seqloom.alternatives.texts.weighting import Weighting
from seqloom.prepare import Examples

STRENGTH = 10.0


@dataclass(frozen=True)
class Tfidf:
    """Logistic regression on counts of tokens and pairs, frequent ones weighing less.

    Args:
        weighting: of counts.
        linear: scores of the weights.
        outcomes: what the scores say of the classes.
    """

    weighting: Weighting
    linear: Linear
    outcomes: Classes
    name: ClassVar[str] = "tfidf"
    title: ClassVar[str] = "logistic regression on TF-IDF weights"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 texts."""
        examples, numbers = with_classes(training, hints.seed)
        if len(np.unique(numbers)) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
            return Skipped("the training part has fewer than two classes")
        counts = grams(examples)
        weighting = Weighting.fit(counts)
        model = fitters().logistic(weighting(counts), numbers, STRENGTH)
        return cls(weighting, Linear.of(model), Classes.of(model, hints.classes))

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The probability of each class, [E, K]."""
        return self.outcomes.probabilities(self.linear(self.weighting(grams(examples))))
