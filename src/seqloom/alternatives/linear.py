"""Weighted sums: what is left of a fitted linear model once it has learned."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Scaling:
    """Features as multiples of their spread, counted from their mean.

    They are kept apart from the weights: a mean many spreads away from zero, folded into the constant, would leave
    little of its digits.

    Args:
        mean: of each feature, [F].
        spread: of each feature, 1 where it does not vary, [F].
    """

    mean: Matrix
    spread: Matrix

    @classmethod
    def of(cls, features: Matrix) -> Self:
        """The mean and the standard deviation of some rows, [E, F].

        A spread that is nothing but rounding counts as none, by the bound that scikit-learn's `StandardScaler` has.
        """
        count, mean, variance = len(features), features.mean(axis=0), features.var(axis=0)
        precision = np.finfo(np.float64).eps
        bound = count * precision * variance + (count * mean * precision) ** 2
        return cls(mean, np.sqrt(np.where(variance <= bound, 1.0, variance)))

    def __call__(self, features: Matrix) -> Matrix:
        """The features scaled, [E, F]."""
        scaled: Matrix = (features - self.mean) / self.spread
        return scaled


@dataclass(frozen=True)
class Linear:
    """A constant plus a weighted sum of features, for each of some outputs.

    Args:
        weights: [F, K].
        constant: [K].
    """

    weights: Matrix
    constant: Matrix

    def __post_init__(self) -> None:
        if self.weights.ndim != 2 or self.constant.shape != self.weights.shape[1:]:  # noqa: PLR2004 - a matrix
            raise ValueError(f"weights {self.weights.shape} do not fit constants {self.constant.shape}")

    @classmethod
    def of(cls, model: Any) -> Self:  # noqa: ANN401 - scikit-learn has no types
        """Of a fitted linear model of scikit-learn, with `coef_` and `intercept_`."""
        weights = np.atleast_2d(np.asarray(model.coef_, dtype=np.float64)).T
        constant = np.broadcast_to(np.asarray(model.intercept_, dtype=np.float64), weights.shape[1:])
        return cls(np.ascontiguousarray(weights), np.array(constant))

    @classmethod
    def beside(cls, parts: "list[Linear]") -> Self:
        """Several for the same features, their outputs side by side."""
        weights = np.concatenate([part.weights for part in parts], axis=1)
        return cls(weights, np.concatenate([part.constant for part in parts]))

    def __call__(self, features: Any) -> Matrix:  # noqa: ANN401 - a matrix, dense or sparse
        """The sums, [E, K], of features [E, F]."""
        sums: Matrix = np.asarray(features @ self.weights) + self.constant
        return sums


@dataclass(frozen=True)
class Classes:
    """The probability of each class from scores of those that were met.

    Two classes have one score, the logarithm of the odds of the second; more have one each.

    Args:
        met: the numbers of the classes that were met, at least two, increasing, [M].
        classes: number of classes, the others included.
    """

    met: NDArray[np.int64]
    classes: int

    def __post_init__(self) -> None:
        if len(self.met) < 2 or (np.diff(self.met) <= 0).any() or self.met[0] < 0 or self.met[-1] >= self.classes:  # noqa: PLR2004 - two at least
            raise ValueError(f"numbers {self.met[:5].tolist()} are not those of some of {self.classes} classes")

    @classmethod
    def of(cls, model: Any, classes: int) -> Self:  # noqa: ANN401 - scikit-learn has no types
        """Those that a fitted classifier of scikit-learn has met."""
        return cls(np.asarray(model.classes_, dtype=np.int64), classes)

    def probabilities(self, scores: Matrix) -> Matrix:
        """A column for every class, 0 for those that were not met, [E, K].

        Args:
            scores: [E, 1] of two classes, else [E, M].
        """
        if scores.shape[1] == 1:
            second = sigmoid(scores)
            scores = np.concatenate([1 - second, second], axis=1)
        else:
            scores = softmax(scores)
        found = np.zeros((len(scores), self.classes))
        found[:, self.met] = scores
        return found


def sigmoid(scores: Matrix) -> Matrix:
    """The probability whose log-odds are the score, without overflow.

    Example:
        >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).tolist()
        [0.0, 0.5, 1.0]
    """
    shrunk = np.exp(-np.abs(scores))
    return np.where(scores >= 0, 1.0, shrunk) / (1.0 + shrunk)


def softmax(scores: Matrix) -> Matrix:
    """Probabilities in proportion to the exponentials of the scores of a row.

    Example:
        >>> softmax(np.array([[0.0, 0.0], [1000.0, 0.0]])).tolist()
        [[0.5, 0.5], [1.0, 0.0]]
    """
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = grown / grown.sum(axis=1, keepdims=True)
    return shares
