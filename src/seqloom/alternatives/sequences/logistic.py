"""Logistic regression on pooled features."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.labelled import bounded, with_classes
from seqloom.alternatives.linear import Classes, Linear, Scaling
from seqloom.alternatives.sequences.features import pooled
from seqloom.prepare import Examples

STRENGTHS = (0.01, 0.1, 1.0, 10.0)
USUAL_STRENGTH = 1.0
FOLDS = 3
CHOOSING = 2_000
"""Sequences the strength is chosen on."""
ITERATIONS = 500
TOLERANCE = 1e-3


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
        with bounded():
            model = logistic_regression(chosen_strength(features, numbers, hints.seed))
            model.fit(scaling(features), numbers)
        return cls(scaling, Linear.of(model), Classes.of(model, hints.classes))

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The probability of each class, [E, K]."""
        return self.outcomes.probabilities(self.linear(self.scaling(pooled(examples))))


def logistic_regression(strength: float) -> Any:  # noqa: ANN401 - scikit-learn has no types
    """Logistic regression of scikit-learn that has learned nothing yet."""
    return LogisticRegression(C=strength, max_iter=ITERATIONS, tol=TOLERANCE)


def chosen_strength(features: NDArray[np.float64], numbers: NDArray[np.int64], seed: int) -> float:
    """The strength of least log loss over three folds; the usual one where a class is too rare for folds."""
    order = np.random.default_rng(seed).permutation(len(numbers))[:CHOOSING]
    features, numbers = features[order], numbers[order]
    if np.unique(numbers, return_counts=True)[1].min() < FOLDS:
        return USUAL_STRENGTH
    folds = StratifiedKFold(FOLDS)
    scores = [
        cross_val_score(
            make_pipeline(StandardScaler(), logistic_regression(strength)),
            features,
            numbers,
            cv=folds,
            scoring="neg_log_loss",
        ).mean()
        for strength in STRENGTHS
    ]
    return STRENGTHS[int(np.argmax(scores))]
