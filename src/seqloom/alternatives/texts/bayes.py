"""Logistic regression on tokens and pairs weighted as naive Bayes would.

Source: Wang & Manning, "Baselines and bigrams: simple, good sentiment and topic classification" (2012).
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.labelled import bounded, with_classes
from seqloom.alternatives.texts.grams import grams
from seqloom.prepare import Examples

STRENGTH = 1.0
ITERATIONS = 200
SMALLEST = float(np.finfo(np.float64).tiny)


@dataclass(frozen=True)
class BayesBigrams:
    """For each class, logistic regression on which tokens and pairs occur, weighted by their log-count ratio.

    Args:
        models: the ratios [tokens + pairs] and the fitted regression of each class that was met, by its number.
        classes: number of classes, those without a training sequence included.
    """

    models: dict[int, tuple[NDArray[np.float64], Any]]
    classes: int
    name: ClassVar[str] = "nb_bigrams"
    title: ClassVar[str] = "logistic regression on bigrams weighted by naive Bayes"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 texts."""
        examples, numbers = with_classes(training, hints.seed)
        if len(np.unique(numbers)) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
            return Skipped("the training part has fewer than two classes")
        there = occurrences(examples)
        models = {}
        for number in np.unique(numbers).tolist():
            ratio = log_count_ratio(there, numbers == number)
            with bounded():
                model = LogisticRegression(C=STRENGTH, max_iter=ITERATIONS).fit(
                    there.multiply(ratio), numbers == number
                )
            models[number] = (ratio, model)
        return cls(models, hints.classes)

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The probability of each class, [E, K]."""
        there, probabilities = occurrences(examples), np.zeros((len(examples), self.classes))
        for number, (ratio, model) in self.models.items():
            probabilities[:, number] = model.predict_proba(there.multiply(ratio).tocsr())[:, 1]
        shares: NDArray[np.float64] = probabilities / np.maximum(probabilities.sum(axis=1, keepdims=True), SMALLEST)
        return shares


def occurrences(examples: Examples) -> csr_matrix:
    """One for each token and pair that a text has, however often."""
    found = grams(examples)
    found.data[:] = 1.0
    return found


def log_count_ratio(there: csr_matrix, mine: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The logarithm of how much more often each occurs in a class than elsewhere, each counted once more, [columns]."""
    inside, outside = (np.asarray(there[part].sum(axis=0)).ravel() + 1.0 for part in (mine, ~mine))
    ratio: NDArray[np.float64] = np.log(inside / inside.sum()) - np.log(outside / outside.sum())
    return ratio
