"""Layers of weighted sums: what is left of a fitted feed-forward net once it has learned."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.linear import Linear

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Perceptron:
    """Weighted sums of weighted sums, nothing below zero let through in between.

    Args:
        layers: at least one, the input's first.
    """

    layers: tuple[Linear, ...]

    def __post_init__(self) -> None:
        if not self.layers:
            raise ValueError("a net without layers")
        for first, second in pairwise(self.layers):
            if first.weights.shape[1] != second.weights.shape[0]:
                raise ValueError(f"a layer of {first.weights.shape} before one of {second.weights.shape}")

    @classmethod
    def of(cls, model: Any) -> Self:  # noqa: ANN401 - scikit-learn has no types
        """Of a fitted `MLPClassifier` or `MLPRegressor` of scikit-learn with its usual activation."""
        return cls(tuple(Linear(*pair) for pair in zip(model.coefs_, model.intercepts_, strict=True)))

    def __call__(self, features: Matrix) -> Matrix:
        """What the last layer says, [E, K], of features [E, F]."""
        *hidden, last = self.layers
        for layer in hidden:
            features = np.maximum(layer(features), 0)
        return last(features)
