"""Measuring a control chart."""

import numpy as np
from numpy.typing import NDArray
from sklearn.covariance import ledoit_wolf

from seqloom.usual import Chart

SMALLEST = 1e-8
"""Variance that every signal has at least, so that one that never moves has a distance, too."""


def chart_of(means: NDArray[np.floating], *, centered: bool) -> Chart:
    """Where running means usually are.

    Their covariance is shrunk as in Ledoit & Wolf, "A well-conditioned estimator for large-dimensional covariance
    matrices", Journal of Multivariate Analysis 88 (2004).

    Args:
        means: running means of steps that are taken to be usual, finite, [N, W], at least one.
        centered: whether they belong around 0, so that a constant distance from it counts as spread.
    """
    values = means.astype(np.float64)
    center = np.zeros(values.shape[1]) if centered else values.mean(axis=0)
    spread, _ = ledoit_wolf(values - center, assume_centered=True)
    spread = np.atleast_2d(spread) + SMALLEST * np.eye(len(center))
    return Chart(center, np.linalg.inv(spread))
