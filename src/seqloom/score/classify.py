"""Metrics of classes and of their probabilities."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    log_loss,
    precision_recall_curve,
    precision_recall_fscore_support,
    roc_auc_score,
)

from seqloom.errors import DataError
from seqloom.loss import labelled

BINARY = 2
"""Of that many classes the second one is the positive class."""

LARGEST_ROUNDING = 1e-3
"""How far the probabilities of a sequence may sum to something else than 1: half precision is allowed."""


def class_metrics(probabilities: NDArray[Any], truth: NDArray[Any], threshold: float | None = None) -> dict[str, float]:
    """Metrics of one class per sequence.

    Of two classes the second is the positive one: `f1`, `precision`, `recall`, `roc_auc` and `pr_auc` are about it. Of
    several classes they are means over classes, each against all others.

    Args:
        probabilities: rows sum to 1, [B, K].
        truth: class numbers, negative where unlabelled, [B].
        threshold: probability from which on the positive class of two is chosen; None: 0.5. Of several classes the
            most probable one is chosen.

    Returns:
        `accuracy`, `f1`, `precision`, `recall`, `roc_auc` (the chance that a positive ranks above a negative), `pr_auc`
        (average precision), `log_loss` (mean of `-log p` of the true class) and `brier` (mean squared error of
        the probability; of several classes summed over them); what cannot be computed is left out.

    Raises:
        DataError: the arrays do not fit each other, or rows do not sum to 1.

    Example:
        >>> metrics = class_metrics(np.array([[0.9, 0.1], [0.6, 0.4], [0.3, 0.7]]), np.array([0, 1, 1]))
        >>> {name: round(value, 3) for name, value in metrics.items()}  # doctest: +NORMALIZE_WHITESPACE
        {'accuracy': 0.667, 'f1': 0.667, 'precision': 1.0, 'recall': 0.5, 'brier': 0.153, 'log_loss': 0.459,
         'roc_auc': 1.0, 'pr_auc': 1.0}
    """
    p, y = normalised(probabilities, truth)
    if not len(y):
        return {}
    classes = p.shape[1]
    chosen = (p[:, 1] >= (0.5 if threshold is None else threshold)).astype(int) if classes == BINARY else p.argmax(1)
    precision, recall, f1, _ = precision_recall_fscore_support(
        y, chosen, average="binary" if classes == BINARY else "macro", zero_division=0
    )
    squares = np.square(p - np.eye(classes)[y])  # [B, K]
    metrics = {
        "accuracy": float(accuracy_score(y, chosen)),
        "f1": float(f1),
        "precision": float(precision),
        "recall": float(recall),
        "brier": float(squares[:, 1].mean() if classes == BINARY else squares.sum(axis=1).mean()),
        "log_loss": float(log_loss(y, p, labels=range(classes))),
    }
    return metrics | _ranking(p, y)


def choose_threshold(probabilities: NDArray[Any], truth: NDArray[Any]) -> float:
    """The threshold of the positive class that gives the best F1, to be chosen on validation data.

    Every way to cut the ranking is tried; the threshold lies halfway between the two probabilities it separates. Of
    equally good cuts the one nearest to 0.5 is taken.

    Args:
        probabilities: of the positive class, [B], or of both, [B, 2].
        truth: 1 positive, 0 negative, negative where unlabelled, [B].

    Returns:
        A number in [0, 1]; 0.5 where the truth has one class only.

    Raises:
        DataError: the arrays do not fit each other, or there are more than two classes.

    Example:
        >>> round(choose_threshold(np.array([0.1, 0.2, 0.3, 0.4]), np.array([0, 0, 1, 1])), 4)
        0.25
    """
    p, y = _two(probabilities, truth)
    if len(np.unique(y)) < BINARY:
        return 0.5
    precision, recall, cuts = precision_recall_curve(y, p)  # cuts: distinct probabilities, rising
    f1 = 2 * precision * recall / np.maximum(precision + recall, np.finfo(float).tiny)
    return _nearest(cuts, f1[:-1], 0.5)


def cheapest_threshold(probabilities: NDArray[Any], truth: NDArray[Any], miss_cost: float) -> float:
    """The threshold of the positive class at which mistakes cost least, to be chosen on validation data.

    Every way to cut the ranking is tried, as by `choose_threshold`. Of equally cheap cuts the one nearest to
    `1 / (1 + miss_cost)` is taken, which is the cheapest one where the probabilities are true.

    Args:
        probabilities: of the positive class, [B], or of both, [B, 2].
        truth: 1 positive, 0 negative, negative where unlabelled, [B].
        miss_cost: what a positive that is missed costs, in false alarms, above 0.

    Returns:
        A number in [0, 1]; `1 / (1 + miss_cost)` where the truth has one class only.

    Raises:
        DataError: the arrays do not fit each other, or there are more than two classes.

    Example:
        >>> stated, truth = np.array([0.1, 0.2, 0.3, 0.4]), np.array([0, 1, 0, 1])
        >>> [round(cheapest_threshold(stated, truth, cost), 2) for cost in (10.0, 0.1)]
        [0.15, 0.35]
    """
    p, y = _two(probabilities, truth)
    wanted = 1 / (1 + miss_cost)
    if len(np.unique(y)) < BINARY:
        return wanted
    cuts, places = np.unique(p, return_inverse=True)
    positives = np.bincount(places, y, minlength=len(cuts))
    negatives = np.bincount(places, 1 - y, minlength=len(cuts))
    missed = np.concatenate([[0.0], np.cumsum(positives)])  # of a cut below the first, the second, ... above the last
    alarms = negatives.sum() - np.concatenate([[0.0], np.cumsum(negatives)])
    return _nearest(np.append(cuts, 1.0), -(miss_cost * missed + alarms), wanted)


def cost_of(labels: NDArray[Any], truth: NDArray[Any], miss_cost: float) -> float:
    """What mistakes cost per sequence, in false alarms.

    Args:
        labels: 1 for what was called positive, [B].
        truth: 1 positive, 0 negative, negative where unlabelled, [B].
        miss_cost: what a positive that is missed costs.

    Example:
        >>> cost_of(np.array([0, 1, 1, 0]), np.array([1, 0, 1, 0]), 9.0)
        2.5
    """
    known = truth >= 0
    missed = (truth[known] == 1) & (labels[known] == 0)
    alarms = (truth[known] == 0) & (labels[known] == 1)
    return float((miss_cost * missed + alarms).mean()) if known.any() else float("nan")


def _two(probabilities: NDArray[Any], truth: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Probabilities of the positive class and truth where it is known, [n].

    Raises:
        DataError: there are more than two classes.
    """
    both = np.stack([1 - probabilities, probabilities], axis=1) if probabilities.ndim == 1 else probabilities
    p, y = normalised(both, truth)
    if p.shape[1] != BINARY:
        raise DataError(
            "probabilities", expected="two classes", came=f"{p.shape[1]}", fix="choose no threshold for several classes"
        )
    return p[:, 1], y


def _nearest(cuts: NDArray[np.float64], worth: NDArray[np.float64], wanted: float) -> float:
    """Halfway below the cut of most worth; of equally good ones the one nearest to what is wanted.

    Args:
        cuts: probabilities from which on the positive class is chosen, rising, [n].
        worth: of each, [n].
        wanted: a threshold.
    """
    thresholds = (cuts + np.concatenate([[0.0], cuts[:-1]])) / 2
    best = thresholds[np.isclose(worth, worth.max(), rtol=1e-12, atol=0)]
    return float(best[np.argmin(np.abs(best - wanted))])


def _ranking(p: NDArray[np.float64], y: NDArray[np.int64]) -> dict[str, float]:
    """Areas under the ROC and the precision-recall curve, where every class occurs."""
    if len(np.unique(y)) < p.shape[1]:
        return {}
    if p.shape[1] == BINARY:
        return {
            "roc_auc": float(roc_auc_score(y, p[:, 1])),
            "pr_auc": float(average_precision_score(y, p[:, 1])),
        }
    one_hot = np.eye(p.shape[1], dtype=int)[y]
    return {
        "roc_auc": float(roc_auc_score(one_hot, p, average="macro")),
        "pr_auc": float(average_precision_score(one_hot, p, average="macro")),
    }


def normalised(probabilities: NDArray[Any], truth: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Probabilities, freed of rounding errors, and class numbers of the labelled sequences."""
    p, y = labelled(probabilities, truth)
    sums = p.sum(axis=1, keepdims=True)
    if len(p) and (not np.abs(sums - 1).max() <= LARGEST_ROUNDING or p.min() < 0):
        raise DataError(
            "probabilities",
            expected="rows that sum to 1, none negative",
            came=f"sums from {sums.min():.4g} to {sums.max():.4g}",
            fix="pass probabilities, not logits",
        )
    return p / sums, y
