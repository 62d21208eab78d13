"""Labels one by one: for each a model that says yes or no, and a threshold."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.labelled import drawn
from seqloom.alternatives.linear import Linear, sigmoid
from seqloom.prepare import Examples

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class EachLabel(ABC):
    """One model for each label against the sequences that do not have it.

    Args:
        linear: the log-odds of each label; nothing but zeros for one that all or none of the sequences have.
        learned: whether there is a model of each label, [K].
        shares: of the sequences that have each label; the answer where there is no model, [K].
        thresholds: probability from which on each label is given, [K].
    """

    linear: Linear
    learned: NDArray[np.bool_]
    shares: Matrix
    thresholds: Matrix
    name: ClassVar[str]
    title: ClassVar[str]

    def __post_init__(self) -> None:
        labels = {*self.linear.constant.shape, *self.learned.shape, *self.shares.shape, *self.thresholds.shape}
        if len(labels) != 1:
            raise ValueError(f"numbers of {sorted(labels)} labels")

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 sequences; thresholds are chosen by F1 on the examples to choose by."""
        examples, truth = with_labels(training, hints.seed)
        if not len(examples):
            return Skipped("no training sequence has a known label")
        seen = cls.seeing(examples)
        features = cls.features(examples, seen)
        strength = cls.strength(features, truth, hints.seed)
        models, shares = [], []
        for labels in truth.T:
            known = np.flatnonzero(np.isfinite(labels))
            yes = labels[known] == 1
            shares.append(float(yes.mean()) if len(yes) else 0.0)
            learns = 0 < shares[-1] < 1
            models.append(cls.learn(features[known], yes, strength, seen) if learns else None)
        nothing = Linear(np.zeros((features.shape[1], 1)), np.zeros(1))
        own = {
            "linear": Linear.beside([model or nothing for model in models]),
            "learned": np.array([model is not None for model in models]),
            "shares": np.array(shares),
            **seen,
        }
        half = cls(**own, thresholds=np.full(truth.shape[1], 0.5))
        if hints.choosing is None or not len(hints.choosing):
            return half
        chosen = fitters().choose_thresholds(half.predict(hints.choosing)[:, :, 0], hints.choosing.truth())
        return cls(**own, thresholds=np.asarray(chosen, dtype=np.float64))

    def predict(self, examples: Examples) -> Matrix:
        """The probability of each label, and 1 where it is given, [E, K, 2]."""
        odds = self.linear(self.features(examples, self.seen))
        probabilities = np.where(self.learned, sigmoid(odds), self.shares)
        return np.stack([probabilities, probabilities >= self.thresholds], axis=2)

    @property
    @abstractmethod
    def seen(self) -> dict[str, Any]:
        """The fields that say how features are seen."""

    @staticmethod
    @abstractmethod
    def seeing(examples: Examples) -> dict[str, Any]:
        """The same, learned from some examples."""

    @staticmethod
    @abstractmethod
    def features(examples: Examples, seen: dict[str, Any]) -> Any:  # noqa: ANN401 - a matrix, dense or sparse
        """What the models see of some examples, [E, F]."""

    @staticmethod
    @abstractmethod
    def learn(features: Any, yes: NDArray[np.bool_], strength: float, seen: dict[str, Any]) -> Linear:  # noqa: ANN401 - as `features` gives them
        """The log-odds of one label."""

    @staticmethod
    @abstractmethod
    def strength(features: Any, truth: Matrix, seed: int) -> float:  # noqa: ANN401 - as above
        """How strongly the models of all labels may follow the training part."""


def with_labels(training: Examples, seed: int) -> tuple[Examples, Matrix]:
    """Sequences with a known label, at most 20,000 of them drawn at random, and what is known, [E, K]."""
    truth = training.truth().astype(np.float64)
    places = drawn(np.flatnonzero(np.isfinite(truth).any(axis=1)), seed)
    return training.take(places), truth[places]
