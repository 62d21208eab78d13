"""What a classifier confuses, and what its probabilities are worth at every threshold."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, confusion_matrix, precision_recall_curve, roc_auc_score, roc_curve

POINTS = 200
"""Points a curve keeps."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """One curve of a class against all others.

    Args:
        x: false positive rate of a ROC curve, recall of a precision-recall curve, [points].
        y: true positive rate, or precision, [points].
        area: under the ROC curve, or average precision.
    """

    x: Matrix
    y: Matrix
    area: float


def confusion(labels: NDArray[np.int64], truth: NDArray[np.int64], classes: int) -> NDArray[np.int64]:
    """How many sequences of each class (row) were given each class (column), [K, K]; unlabelled ones are left out."""
    known = truth >= 0
    counts: NDArray[np.int64] = confusion_matrix(truth[known], labels[known], labels=np.arange(classes))
    return counts


def roc(probabilities: Matrix, truth: NDArray[np.int64], number: int) -> Curve | None:
    """Receiver operating characteristic of one class against all others.

    Args:
        probabilities: [E, K].
        truth: class numbers, negative where unlabelled, [E].
        number: the class.

    Returns:
        None where the truth has only that class, or never has it.
    """
    positive, score = _one_against_all(probabilities, truth, number)
    if len(np.unique(positive)) < 2:  # noqa: PLR2004 - both sides of a threshold must exist
        return None
    x, y, _ = roc_curve(positive, score)
    keep = _kept(len(x))
    return Curve(x[keep], y[keep], float(roc_auc_score(positive, score)))


def precision_recall(probabilities: Matrix, truth: NDArray[np.int64], number: int) -> Curve | None:
    """Precision over recall of one class against all others; arguments and None as for `roc`."""
    positive, score = _one_against_all(probabilities, truth, number)
    if len(np.unique(positive)) < 2:  # noqa: PLR2004 - both sides of a threshold must exist
        return None
    precision, recall, _ = precision_recall_curve(positive, score)
    keep = _kept(len(recall))
    return Curve(recall[keep], precision[keep], float(average_precision_score(positive, score)))


def _one_against_all(probabilities: Matrix, truth: NDArray[np.int64], number: int) -> tuple[NDArray[np.bool_], Matrix]:
    known = truth >= 0
    return truth[known] == number, probabilities[known, number]


def _kept(count: int) -> NDArray[np.int64]:
    """At most 200 evenly spaced places, both ends among them."""
    return np.unique(np.linspace(0, count - 1, min(count, POINTS)).round().astype(np.int64))
