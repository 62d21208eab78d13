"""Logistic regression on tokens and pairs weighted as naive Bayes would.

Source: Wang & Manning, "Baselines and bigrams: simple, good sentiment and topic classification" (2012).
"""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.labelled import with_classes
from seqloom.alternatives.linear import Linear, sigmoid
from seqloom.alternatives.sparse import Sparse
from seqloom.alternatives.texts.grams import grams
from seqloom.prepare import Examples

STRENGTH = 1.0
SMALLEST = float(np.finfo(np.float64).tiny)


@dataclass(frozen=True)
class Vocabulary:
    """The tokens and pairs that at least one training text has; of others nothing can be learned.

    Args:
        columns: of these, increasing, [F].
        width: columns that tokens and pairs may have.
    """

    columns: NDArray[np.int64]
    width: int

    def __post_init__(self) -> None:
        increasing = (np.diff(self.columns) > 0).all() and (self.columns[:1] >= 0).all()
        if self.columns.ndim != 1 or not increasing or (self.columns[-1:] >= self.width).any():
            raise ValueError(f"{self.columns.shape} columns of {self.width}")

    @classmethod
    def of(cls, there: Sparse) -> Self:
        """Of training texts."""
        return cls(np.unique(there.columns), there.shape[1])

    def __call__(self, there: Sparse) -> Sparse:
        """Of some texts what is in it, [E, F]."""
        if there.shape[1] != self.width:
            raise ValueError(f"expected {self.width} columns, came {there.shape[1]}")
        return there.only(self.columns)


@dataclass(frozen=True)
class BayesBigrams:
    """For each class, logistic regression on which tokens and pairs occur, weighted by their log-count ratio.

    Args:
        vocabulary: tokens and pairs that a training text has.
        linear: log-odds of each class that was met against all others, the ratios folded in.
        met: the numbers of these classes.
        classes: number of classes, those without a training sequence included.
    """

    vocabulary: Vocabulary
    linear: Linear
    met: NDArray[np.int64]
    classes: int
    name: ClassVar[str] = "nb_bigrams"
    title: ClassVar[str] = "logistic regression on bigrams weighted by naive Bayes"

    def __post_init__(self) -> None:
        known = (self.met >= 0) & (self.met < self.classes)
        if self.met.shape != self.linear.constant.shape or not known.all():
            raise ValueError(f"{self.met.shape} of {self.classes} classes for {self.linear.constant.shape} models")

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 texts."""
        examples, numbers = with_classes(training, hints.seed)
        if len(np.unique(numbers)) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
            return Skipped("the training part has fewer than two classes")
        there, met = occurrences(examples), np.unique(numbers)
        vocabulary = Vocabulary.of(there)
        known = vocabulary(there)
        models = [learned(known, numbers == number, STRENGTH, vocabulary.width) for number in met]
        return cls(vocabulary, Linear.beside(models), met, hints.classes)

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The probability of each class, [E, K]."""
        probabilities = np.zeros((len(examples), self.classes))
        probabilities[:, self.met] = sigmoid(self.linear(self.vocabulary(occurrences(examples))))
        shares: NDArray[np.float64] = probabilities / np.maximum(probabilities.sum(axis=1, keepdims=True), SMALLEST)
        return shares


def occurrences(examples: Examples) -> Sparse:
    """One for each token and pair that a text has, however often."""
    found = grams(examples)
    return replace(found, numbers=np.ones_like(found.numbers))


def learned(there: Sparse, mine: NDArray[np.bool_], strength: float, width: int) -> Linear:
    """The log-odds of a class, or a label: ratios and logistic regression, in one weight for each column.

    Args:
        there: of the vocabulary, [E, F].
        mine: which texts have the class or the label, [E].
        strength: of the regression.
        width: columns that tokens and pairs may have.
    """
    ratio = log_count_ratio(there, mine, width)
    weighted = replace(there, numbers=there.numbers * ratio[there.columns])
    fitted = Linear.of(fitters().logistic(weighted, mine, strength))
    return Linear(fitted.weights * ratio[:, None], fitted.constant)


def log_count_ratio(there: Sparse, mine: NDArray[np.bool_], width: int) -> NDArray[np.float64]:
    """The logarithm of how much more often each occurs in a class than elsewhere, each counted once more, [F].

    Args:
        there: which text has which, [E, F].
        mine: which texts are of the class, [E].
        width: columns there may be, those that no text has included.
    """
    inside, outside = (there[np.flatnonzero(part)].sums + 1.0 for part in (mine, ~mine))
    absent = width - there.shape[1]
    shares = [np.log(own / (own.sum() + absent)) for own in (inside, outside)]
    ratio: NDArray[np.float64] = shares[0] - shares[1]
    return ratio
