"""Labels one by one: for each a model that says yes or no, and a threshold."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.labelled import bounded, drawn
from seqloom.prepare import Examples
from seqloom.score import choose_thresholds

Says = Callable[[Any], NDArray[np.float64]]
"""From features [E, ...] to the probability of one label, [E]."""


@dataclass(frozen=True)
class EachLabel(ABC):
    """One model for each label against the sequences that do not have it.

    Args:
        models: one for each label.
        thresholds: probability from which on each label is given, [K].
    """

    models: tuple[Says, ...]
    thresholds: NDArray[np.float64]
    name: ClassVar[str]
    title: ClassVar[str]

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 sequences; thresholds are chosen by F1 on the examples to choose by."""
        examples, truth = with_labels(training, hints.seed)
        if not len(examples):
            return Skipped("no training sequence has a known label")
        features = cls.features(examples)
        strength = cls.strength(features, truth, hints.seed)
        models = tuple(_one(features, labels, lambda own, yes: cls.learn(own, yes, strength)) for labels in truth.T)
        half = cls(models, np.full(truth.shape[1], 0.5))
        if hints.choosing is None or not len(hints.choosing):
            return half
        return cls(models, choose_thresholds(half.predict(hints.choosing)[:, :, 0], hints.choosing.truth()))

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The probability of each label, and 1 where it is given, [E, K, 2]."""
        features = self.features(examples)
        probabilities = np.stack([model(features) for model in self.models], axis=1)
        return np.stack([probabilities, probabilities >= self.thresholds], axis=2)

    @staticmethod
    @abstractmethod
    def features(examples: Examples) -> Any:  # noqa: ANN401 - a matrix, dense or sparse
        """What the models see of some examples, [E, ...]."""

    @staticmethod
    @abstractmethod
    def learn(features: Any, yes: NDArray[np.bool_], strength: float) -> Says:  # noqa: ANN401 - as `features` gives them
        """A model of one label."""

    @staticmethod
    @abstractmethod
    def strength(features: Any, truth: NDArray[np.float64], seed: int) -> float:  # noqa: ANN401 - as above
        """How strongly the models of all labels may follow the training part."""


def with_labels(training: Examples, seed: int) -> tuple[Examples, NDArray[np.float64]]:
    """Sequences with a known label, at most 20,000 of them drawn at random, and what is known, [E, K]."""
    truth = training.truth().astype(np.float64)
    places = drawn(np.flatnonzero(np.isfinite(truth).any(axis=1)), seed)
    return training.take(places), truth[places]


def _one(features: Any, labels: NDArray[np.float64], learn: Callable[[Any, NDArray[np.bool_]], Says]) -> Says:  # noqa: ANN401 - as above
    """A model of one label; the share of it where all or none of the sequences have it."""
    known = np.flatnonzero(np.isfinite(labels))
    yes = labels[known] == 1
    if 0 < yes.sum() < len(yes):
        with bounded():
            return learn(features[known], yes)
    share = float(yes.mean()) if len(yes) else 0.0
    return lambda own: np.full(own.shape[0], share)
