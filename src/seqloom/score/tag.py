"""Metrics of tags: one class for each step of a sequence."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_fscore_support, roc_auc_score

from seqloom.loss import check_shapes

BINARY = 2
"""Of that many classes the second one is the positive class."""
SMALLEST = float(np.finfo(np.float64).eps)
"""Least probability of the true class that is counted, so that no single step has an infinite loss."""


def tag_metrics(
    probabilities: NDArray[Any],
    chosen: NDArray[np.int64],
    truth: NDArray[np.int64],
    sequence: NDArray[np.int64],
    new: NDArray[np.bool_] | None = None,
) -> dict[str, float]:
    """Metrics over the labelled steps.

    Of two classes the second is the positive one: `f1`, `precision`, `recall`, `roc_auc` and `pr_auc` are about it. Of
    several classes `f1` is the mean over those that occur, and the others are left out.

    A class that nobody learned, -2, is always missed: whoever is asked for it is mistaken. It has no logarithmic loss.

    Args:
        probabilities: one per class, [N, K].
        chosen: class numbers that were answered, [N].
        truth: class numbers, -1 where unlabelled, -2 for a class nobody learned, [N].
        sequence: which sequence each step belongs to, [N].
        new: which steps are words the vocabulary does not have, [N]; None: steps are no words.

    Returns:
        `accuracy`, `f1`, `precision`, `recall`, `log_loss`, `roc_auc` (the chance that a positive ranks above a
        negative), `pr_auc` (average precision), `sequences_right` (the share of sequences without a mistake), and
        `accuracy_new` on words the vocabulary does not have; what cannot be computed is left out.

    Raises:
        DataError: there are not as many rows as class numbers.

    Example:
        >>> probabilities, chosen = np.array([[0.8, 0.2], [0.5, 0.5], [0.5, 0.5]]), np.array([0, 1, 1])
        >>> metrics = tag_metrics(probabilities, chosen, truth=np.array([0, 1, 0]), sequence=np.array([0, 0, 1]))
        >>> {name: round(value, 3) for name, value in metrics.items()}  # doctest: +NORMALIZE_WHITESPACE
        {'accuracy': 0.667, 'f1': 0.667, 'precision': 0.5, 'recall': 1.0, 'roc_auc': 0.75, 'pr_auc': 0.5,
         'log_loss': 0.536, 'sequences_right': 0.5}
    """
    for each in (probabilities[:, 0], chosen, sequence, *(() if new is None else (new,))):
        check_shapes(each.shape, truth.shape)
    known = truth != -1
    p, answers, y, owner = probabilities[known], chosen[known], truth[known], sequence[known]
    if not len(y):
        return {}
    right = answers == y
    learned = np.flatnonzero(y >= 0)
    metrics = {"accuracy": float(right.mean())} | _found(p, y, answers)
    if len(learned):
        metrics["log_loss"] = float(-np.log(np.clip(p[learned, y[learned]], SMALLEST, 1.0)).mean())
    owners = np.unique(owner, return_inverse=True)[1]
    metrics["sequences_right"] = float((np.bincount(owners, ~right) == 0).mean())
    unfamiliar = np.zeros(0, dtype=np.bool_) if new is None else right[new[known]]
    return metrics | ({"accuracy_new": float(unfamiliar.mean())} if len(unfamiliar) else {})


def _found(p: NDArray[Any], y: NDArray[np.int64], answers: NDArray[np.int64]) -> dict[str, float]:
    """What was found of the classes: of the second of two, or on average of all that occur."""
    learned = y >= 0
    if p.shape[1] != BINARY:
        classes = np.unique(y[learned])
        scores = precision_recall_fscore_support(y, answers, labels=classes, average="macro", zero_division=0)
        return {"f1": float(scores[2])}
    precision, recall, f1, _ = precision_recall_fscore_support(
        y == 1, answers == 1, average="binary", pos_label=True, zero_division=0
    )
    metrics = {"f1": float(f1), "precision": float(precision), "recall": float(recall)}
    if len(np.unique(y[learned])) < BINARY:
        return metrics
    stated, came = p[learned, 1], y[learned]
    areas = {"roc_auc": roc_auc_score(came, stated), "pr_auc": average_precision_score(came, stated)}
    return metrics | {name: float(area) for name, area in areas.items()}
