"""Logistic regression of scikit-learn."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from seqloom.alternatives.fitting.bounded import bounded
from seqloom.alternatives.fitting.compressed import compressed

STRENGTHS = (0.01, 0.1, 1.0, 10.0)
USUAL_STRENGTH = 1.0
FOLDS = 3
CHOOSING = 2_000
"""Examples the strength is chosen on."""
ITERATIONS = 200
COARSE = {"max_iter": 500, "tol": 1e-3}
"""How exactly regressions are solved of which many are compared."""


def logistic(features: Any, numbers: NDArray[Any], strength: float = USUAL_STRENGTH) -> Any:  # noqa: ANN401 - scikit-learn has no types
    """Logistic regression, fitted.

    Args:
        features: a matrix, dense or a `Sparse`, [E, F].
        numbers: of classes, [E].
        strength: how strongly it may follow the examples.
    """
    with bounded():
        return LogisticRegression(C=strength, max_iter=ITERATIONS).fit(compressed(features), numbers)


def coarse_logistic(features: NDArray[np.float64], numbers: NDArray[Any], strength: float) -> Any:  # noqa: ANN401 - as above
    """Logistic regression, fitted as exactly as those are that its strength was chosen by.

    Args:
        features: scaled, [E, F].
        numbers: of classes, [E].
        strength: see `chosen_strength`.
    """
    with bounded():
        return LogisticRegression(C=strength, **COARSE).fit(features, numbers)


def chosen_strength(features: NDArray[np.float64], numbers: NDArray[np.int64], seed: int) -> float:
    """The strength of least log loss over three folds; the usual one where a class is too rare for folds, or alone.

    Args:
        features: [E, F].
        numbers: of classes, [E].
        seed: of the draw, where there are many examples.
    """
    order = np.random.default_rng(seed).permutation(len(numbers))[:CHOOSING]
    features, numbers = features[order], numbers[order]
    counts = np.unique(numbers, return_counts=True)[1]
    if len(counts) < 2 or counts.min() < FOLDS:  # noqa: PLR2004 - one class leaves nothing to tell apart
        return USUAL_STRENGTH
    folds = StratifiedKFold(FOLDS)
    with bounded():
        scores = [
            cross_val_score(
                make_pipeline(StandardScaler(), LogisticRegression(C=strength, **COARSE)),
                features,
                numbers,
                cv=folds,
                scoring="neg_log_loss",
            ).mean()
            for strength in STRENGTHS
        ]
    return STRENGTHS[int(np.argmax(scores))]
