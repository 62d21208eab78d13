"""Logistic regression on pooled features."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.labelled import with_classes
from seqloom.alternatives.linear import Classes, Linear, Scaling
from seqloom.alternatives.sequences.features import pooled
from seqloom.prepare import Examples


@dataclass(frozen=True)
class Logistic:
    """Logistic regression on standardised pooled features, its strength chosen by cross-validated log loss.

    Args:
        scaling: of the features.
        linear: scores of the scaled features.
        outcomes: what the scores say of the classes.
    """

    scaling: Scaling
    linear: Linear
    outcomes: Classes
    name: ClassVar[str] = "logistic"
    title: ClassVar[str] = "logistic regression on pooled features"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 sequences."""
        examples, numbers = with_classes(training, hints.seed)
        if len(np.unique(numbers)) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
            return Skipped("the training part has fewer than two classes")
        features = pooled(examples)
        scaling = Scaling.of(features)
        strength = fitters().chosen_strength(features, numbers, hints.seed)
        model = fitters().coarse_logistic(scaling(features), numbers, strength)
        return cls(scaling, Linear.of(model), Classes.of(model, hints.classes))

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The probability of each class, [E, K]."""
        return self.outcomes.probabilities(self.linear(self.scaling(pooled(examples))))
