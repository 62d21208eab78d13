"""One error per example: what model and alternatives are compared by."""

import numpy as np
from numpy.typing import NDArray

SMALLEST = float(np.finfo(np.float64).eps)

Matrix = NDArray[np.float64]


def squared_errors(values: Matrix, truth: Matrix) -> Matrix:
    """Squared error averaged over everything known of an example.

    Args:
        values: predictions, [E, ...].
        truth: what came, NaN where unknown, of the same shape.

    Returns:
        [E], NaN where nothing is known.
    """
    squares = ((values - truth) ** 2).reshape(len(values), -1)
    known = np.isfinite(truth).reshape(len(values), -1)
    counts = known.sum(axis=1)
    total = np.where(known, squares, 0.0).sum(axis=1)
    means: Matrix = np.full(len(values), np.nan)
    np.divide(total, counts, out=means, where=counts > 0)
    return means


def log_losses(probabilities: Matrix, truth: NDArray[np.int64]) -> Matrix:
    """Minus the logarithm of the probability of the true class.

    Args:
        probabilities: [E, K].
        truth: class numbers, negative where unlabelled, [E].

    Returns:
        [E], NaN where unlabelled.
    """
    chosen = probabilities[np.arange(len(truth)), np.maximum(truth, 0)]
    return np.where(truth < 0, np.nan, -np.log(np.clip(chosen, SMALLEST, 1.0)))


def mistakes(labels: NDArray[np.int64], truth: NDArray[np.int64]) -> Matrix:
    """1 for a wrong class, 0 for the right one.

    Args:
        labels: predicted class numbers, [E].
        truth: class numbers, negative where unlabelled, [E].

    Returns:
        [E], NaN where unlabelled.
    """
    return np.where(truth < 0, np.nan, (labels != truth).astype(np.float64))
