"""Metrics of sequences that have any number of labels."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score

from seqloom.errors import DataError
from seqloom.loss import check_shapes

HALF = 0.5
FEWEST = 5
"""Sequences with a label, and without it, from which on a threshold is chosen for it."""
SMALLEST = float(np.finfo(np.float64).eps)


def label_metrics(probabilities: NDArray[Any], chosen: NDArray[Any], truth: NDArray[Any]) -> dict[str, float]:
    """Metrics of several labels per sequence; where a label is unknown, its answer counts nothing.

    Args:
        probabilities: of each label, [B, K].
        chosen: whether each label is given, [B, K].
        truth: 1 where a sequence has the label, 0 where not, NaN where that is unknown, [B, K].

    Returns:
        `f1_micro` (all labels of all sequences counted together), `f1_macro` (mean of the labels' own; 0 for a label
        that is neither there nor given), `subset_accuracy` (share of sequences with all labels right, of those with all
        known), `hamming` (share of wrong answers), `log_loss` and `brier` (means over all answers), `roc_auc` and
        `pr_auc` (average precision), means over the labels that some sequences have and others do not; what
        cannot be computed is left out.

    Raises:
        DataError: the arrays do not fit each other, or probabilities lie outside of 0 to 1.

    Example:
        >>> truth = np.array([[1, 0], [1, 1], [0, 0]])
        >>> given = np.array([[0.9, 0.2], [0.6, 0.4], [0.3, 0.1]])
        >>> metrics = label_metrics(given, given >= 0.5, truth)
        >>> {name: round(value, 3) for name, value in metrics.items()}  # doctest: +NORMALIZE_WHITESPACE
        {'f1_micro': 0.8, 'f1_macro': 0.5, 'hamming': 0.167, 'log_loss': 0.37, 'brier': 0.112,
         'subset_accuracy': 0.667, 'roc_auc': 1.0, 'pr_auc': 1.0}
    """
    p, y, said = _checked(probabilities, truth), np.asarray(truth, dtype=np.float64), np.asarray(chosen, dtype=bool)
    check_shapes(said.shape, y.shape)
    known = np.isfinite(y)
    if not known.any():
        return {}
    there = known & (y == 1)
    wrong = known & (said != there)
    found, missed, extra = (part.sum(axis=0) for part in (said & there, wrong & there, wrong & ~there))  # [K] each
    some, full = known.any(axis=0), known.all(axis=1)
    metrics = {
        "f1_micro": float(_f1(*(part.sum(keepdims=True) for part in (found, missed, extra)))[0]),
        "f1_macro": float(_f1(found, missed, extra)[some].mean()),
        "hamming": float(wrong.sum() / known.sum()),
        "log_loss": float(label_losses(p, y)[known].mean()),
        "brier": float(np.square(p - y)[known].mean()),
    }
    if full.any():
        metrics["subset_accuracy"] = float((~wrong[full].any(axis=1)).mean())
    return metrics | _ranking(p, y)


def label_losses(probabilities: NDArray[np.float64], truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Minus the logarithm of the probability of what is true, for each label, [B, K]; NaN where that is unknown."""
    true = np.where(truth == 1, probabilities, 1 - probabilities)
    return np.where(np.isfinite(truth), -np.log(np.clip(true, SMALLEST, 1.0)), np.nan)


def choose_thresholds(probabilities: NDArray[Any], truth: NDArray[Any], *, fewest: int = FEWEST) -> NDArray[np.float64]:
    """For each label a threshold that gives about the best F1, to be chosen on validation data.

    Where probabilities are right, the best threshold is half the best F1 there is. Of all cuts of the ranking whose F1
    is no worse than the best by more than one sequence makes, the one nearest to that is taken: the very best cut of
    some hundred sequences often follows a single one of them.

    Source: Lipton, Elkan & Naryanaswamy, "Optimal thresholding of classifiers to maximize F1 measure" (2014), for the
    half; the tolerance is ours.

    Args:
        probabilities: [B, K].
        truth: 1, 0, or NaN where unknown, [B, K].
        fewest: sequences with the label, and without it, there must be; one half is the threshold of a label with less.

    Returns:
        Numbers in [0, 1], [K].

    Raises:
        DataError: the arrays do not fit each other, or probabilities lie outside of 0 to 1.

    Example:
        >>> truth = np.array([[1, 1], [1, 0], [0, 0], [0, 0]])
        >>> given = np.array([[0.4, 0.9], [0.3, 0.2], [0.1, 0.2], [0.1, 0.1]])
        >>> choose_thresholds(given, truth, fewest=2).round(4).tolist()
        [0.35, 0.5]
    """
    p, y = _checked(probabilities, truth), np.asarray(truth, dtype=np.float64)
    thresholds = np.full(y.shape[1], HALF)
    for place in range(y.shape[1]):
        there, absent = int((y[:, place] == 1).sum()), int((y[:, place] == 0).sum())
        if min(there, absent) >= max(fewest, 1):
            known = np.isfinite(y[:, place])
            thresholds[place] = _threshold(p[known, place], y[known, place])
    return thresholds


def _threshold(stated: NDArray[np.float64], there: NDArray[np.float64]) -> float:
    """The threshold of one label that some sequences have and others do not."""
    precision, recall, cuts = precision_recall_curve(there, stated)  # cuts: distinct probabilities, rising
    f1 = (2 * precision * recall / np.maximum(precision + recall, SMALLEST))[:-1]
    below = np.concatenate([[0.0], cuts[:-1]])
    good, half = np.flatnonzero(f1 >= f1.max() - 1 / there.sum()), f1.max() / 2
    between = np.where((below < half) & (half <= cuts), half, (below + cuts) / 2)[good]
    return float(between[np.argmin(np.abs(between - half))])


def _checked(probabilities: NDArray[Any], truth: NDArray[Any]) -> NDArray[np.float64]:
    check_shapes(probabilities.shape, truth.shape)
    p = np.asarray(probabilities, dtype=np.float64)
    if p.size and not (p.min() >= 0 and p.max() <= 1):
        came = f"numbers from {p.min():.4g} to {p.max():.4g}"
        raise DataError("probabilities", expected="numbers from 0 to 1", came=came, fix="pass probabilities")
    return p


def _f1(found: NDArray[Any], missed: NDArray[Any], extra: NDArray[Any]) -> NDArray[np.float64]:
    """Twice the found over what is there and what is given; 0 where there is nothing of either."""
    total = 2 * found + missed + extra
    f1: NDArray[np.float64] = 2 * found / np.maximum(total, 1)
    return f1


def _ranking(p: NDArray[np.float64], y: NDArray[np.float64]) -> dict[str, float]:
    """Areas under the ROC and the precision-recall curve, means over the labels that have one."""
    areas = []
    for place in range(y.shape[1]):
        known = np.isfinite(y[:, place])
        true, stated = y[known, place], p[known, place]
        if len(np.unique(true)) > 1:
            areas.append((roc_auc_score(true, stated), average_precision_score(true, stated)))
    if not areas:
        return {}
    roc, pr = np.mean(areas, axis=0)
    return {"roc_auc": float(roc), "pr_auc": float(pr)}
