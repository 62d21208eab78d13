"""Logistic regression for each label: on pooled features, on TF-IDF weights, on bigrams weighted by naive Bayes."""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from seqloom.alternatives.sequences.each_label import EachLabel, Says
from seqloom.alternatives.sequences.features import pooled
from seqloom.alternatives.sequences.logistic import USUAL_STRENGTH, chosen_strength, logistic_model
from seqloom.alternatives.texts import bayes, tfidf
from seqloom.alternatives.texts.grams import grams
from seqloom.prepare import Examples


class LogisticLabels(EachLabel):
    """One logistic regression per label on standardised pooled features.

    Their common strength is chosen by the cross-validated log loss of the label that the most even share has.
    """

    name: ClassVar[str] = "logistic"
    title: ClassVar[str] = "logistic regression on pooled features, label by label"

    @staticmethod
    def features(examples: Examples) -> NDArray[np.float64]:
        """Moments, ends and shares of each sequence."""
        return pooled(examples)

    @staticmethod
    def strength(features: Any, truth: NDArray[np.float64], seed: int) -> float:  # noqa: ANN401 - a matrix
        """The one of least log loss for the label nearest to one half."""
        shares = np.where(np.isfinite(truth), truth, 0.0).mean(axis=0)
        even = truth[:, int(np.argmin(np.abs(shares - 0.5)))]
        known = np.isfinite(even)
        if len(np.unique(even[known])) < 2:  # noqa: PLR2004 - a label that all or none have
            return USUAL_STRENGTH
        return chosen_strength(features[known], (even[known] == 1).astype(np.int64), seed)

    @staticmethod
    def learn(features: Any, yes: NDArray[np.bool_], strength: float) -> Says:  # noqa: ANN401 - as above
        """Logistic regression of one label."""
        return _second(logistic_model(strength).fit(features, yes))


class TfidfLabels(EachLabel):
    """One logistic regression per label on counts of tokens and pairs, frequent ones weighing less."""

    name: ClassVar[str] = "tfidf"
    title: ClassVar[str] = "logistic regression on TF-IDF weights, label by label"

    @staticmethod
    def features(examples: Examples) -> Any:  # noqa: ANN401 - a sparse matrix
        """How often each token and each pair comes in each text."""
        return grams(examples)

    @staticmethod
    def strength(features: Any, truth: NDArray[np.float64], seed: int) -> float:  # noqa: ANN401, ARG004 - as for all
        """The usual one."""
        return tfidf.STRENGTH

    @staticmethod
    def learn(features: Any, yes: NDArray[np.bool_], strength: float) -> Says:  # noqa: ANN401 - as above
        """Weights and logistic regression of one label."""
        return _second(tfidf.weighted(strength).fit(features, yes))


class BayesLabels(EachLabel):
    """One logistic regression per label on which tokens and pairs occur, weighted by their log-count ratio."""

    name: ClassVar[str] = "nb_bigrams"
    title: ClassVar[str] = "logistic regression on bigrams weighted by naive Bayes, label by label"

    @staticmethod
    def features(examples: Examples) -> Any:  # noqa: ANN401 - a sparse matrix
        """One for each token and pair that a text has."""
        return bayes.occurrences(examples)

    @staticmethod
    def strength(features: Any, truth: NDArray[np.float64], seed: int) -> float:  # noqa: ANN401, ARG004 - as for all
        """The usual one."""
        return bayes.STRENGTH

    @staticmethod
    def learn(features: Any, yes: NDArray[np.bool_], strength: float) -> Says:  # noqa: ANN401 - as above
        """Ratios and logistic regression of one label."""
        ratio = bayes.log_count_ratio(features, yes)
        model = LogisticRegression(C=strength, max_iter=bayes.ITERATIONS).fit(features.multiply(ratio).tocsr(), yes)
        says = _second(model)
        return lambda own: says(own.multiply(ratio).tocsr())


def _second(model: Any) -> Says:  # noqa: ANN401 - any classifier of scikit-learn
    """What gives the probability of yes."""

    def says(features: Any) -> NDArray[np.float64]:  # noqa: ANN401 - as above
        probabilities: NDArray[np.float64] = model.predict_proba(features)[:, 1]
        return probabilities

    return says
