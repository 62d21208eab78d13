"""Logistic regression for each label: on pooled features, on TF-IDF weights, on bigrams weighted by naive Bayes."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.linear import Linear, Scaling
from seqloom.alternatives.sequences.each_label import EachLabel
from seqloom.alternatives.sequences.features import pooled
from seqloom.alternatives.texts import bayes, tfidf
from seqloom.alternatives.texts.grams import grams
from seqloom.alternatives.texts.weighting import Weighting
from seqloom.prepare import Examples


@dataclass(frozen=True)
class LogisticLabels(EachLabel):
    """One logistic regression per label on standardised pooled features.

    Their common strength is chosen by the cross-validated log loss of the label that the most even share has.

    Args:
        scaling: of the features.
    """

    scaling: Scaling
    name: ClassVar[str] = "logistic"
    title: ClassVar[str] = "logistic regression on pooled features, label by label"

    @property
    def seen(self) -> dict[str, Any]:
        """The scaling."""
        return {"scaling": self.scaling}

    @staticmethod
    def seeing(examples: Examples) -> dict[str, Any]:
        """The scaling of all examples."""
        return {"scaling": Scaling.of(pooled(examples))}

    @staticmethod
    def features(examples: Examples, seen: dict[str, Any]) -> NDArray[np.float64]:
        """Moments, ends and shares of each sequence, scaled."""
        scaled: NDArray[np.float64] = seen["scaling"](pooled(examples))
        return scaled

    @staticmethod
    def strength(features: Any, truth: NDArray[np.float64], seed: int) -> float:  # noqa: ANN401 - a matrix
        """The one of least log loss for the label nearest to one half."""
        shares = np.where(np.isfinite(truth), truth, 0.0).mean(axis=0)
        even = truth[:, int(np.argmin(np.abs(shares - 0.5)))]
        known = np.isfinite(even)
        found: float = fitters().chosen_strength(features[known], (even[known] == 1).astype(np.int64), seed)
        return found

    @staticmethod
    def learn(features: Any, yes: NDArray[np.bool_], strength: float, seen: dict[str, Any]) -> Linear:  # noqa: ANN401, ARG004 - as above
        """Logistic regression of one label."""
        return Linear.of(fitters().coarse_logistic(features, yes, strength))


@dataclass(frozen=True)
class TfidfLabels(EachLabel):
    """One logistic regression per label on counts of tokens and pairs, frequent ones weighing less.

    Args:
        weighting: of counts, the same for all labels.
    """

    weighting: Weighting
    name: ClassVar[str] = "tfidf"
    title: ClassVar[str] = "logistic regression on TF-IDF weights, label by label"

    @property
    def seen(self) -> dict[str, Any]:
        """The weighting."""
        return {"weighting": self.weighting}

    @staticmethod
    def seeing(examples: Examples) -> dict[str, Any]:
        """The weighting of all texts."""
        return {"weighting": Weighting.fit(grams(examples))}

    @staticmethod
    def features(examples: Examples, seen: dict[str, Any]) -> Any:  # noqa: ANN401 - a sparse matrix
        """How often each token and each pair comes in each text, weighted."""
        return seen["weighting"](grams(examples))

    @staticmethod
    def strength(features: Any, truth: NDArray[np.float64], seed: int) -> float:  # noqa: ANN401, ARG004 - as for all
        """The usual one."""
        return tfidf.STRENGTH

    @staticmethod
    def learn(features: Any, yes: NDArray[np.bool_], strength: float, seen: dict[str, Any]) -> Linear:  # noqa: ANN401, ARG004 - as above
        """Logistic regression of one label."""
        return Linear.of(fitters().logistic(features, yes, strength))


@dataclass(frozen=True)
class BayesLabels(EachLabel):
    """One logistic regression per label on which tokens and pairs occur, weighted by their log-count ratio.

    Args:
        vocabulary: tokens and pairs that a training text has.
    """

    vocabulary: bayes.Vocabulary
    name: ClassVar[str] = "nb_bigrams"
    title: ClassVar[str] = "logistic regression on bigrams weighted by naive Bayes, label by label"

    @property
    def seen(self) -> dict[str, Any]:
        """The vocabulary."""
        return {"vocabulary": self.vocabulary}

    @staticmethod
    def seeing(examples: Examples) -> dict[str, Any]:
        """The vocabulary of all texts."""
        return {"vocabulary": bayes.Vocabulary.of(bayes.occurrences(examples))}

    @staticmethod
    def features(examples: Examples, seen: dict[str, Any]) -> Any:  # noqa: ANN401 - a sparse matrix
        """One for each known token and pair that a text has."""
        return seen["vocabulary"](bayes.occurrences(examples))

    @staticmethod
    def strength(features: Any, truth: NDArray[np.float64], seed: int) -> float:  # noqa: ANN401, ARG004 - as for all
        """The usual one."""
        return bayes.STRENGTH

    @staticmethod
    def learn(features: Any, yes: NDArray[np.bool_], strength: float, seen: dict[str, Any]) -> Linear:  # noqa: ANN401 - as above
        """Ratios and logistic regression of one label."""
        return bayes.learned(features, yes, strength, seen["vocabulary"].width)
