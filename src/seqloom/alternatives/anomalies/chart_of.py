"""Measuring a control chart."""

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.fitters import fitters
from seqloom.usual import Chart

SMALLEST = 1e-8
"""Variance that every signal has at least, so that one that never moves has a distance, too."""


def chart_of(means: NDArray[np.floating], *, centered: bool) -> Chart:
    """Where running means usually are.

    Their covariance is shrunk, see `fitting.shrunk_covariance`.

    Args:
        means: running means of steps that are taken to be usual, finite, [N, W], at least one.
        centered: whether they belong around 0, so that a constant distance from it counts as spread.
    """
    values = means.astype(np.float64)
    center = np.zeros(values.shape[1]) if centered else values.mean(axis=0)
    spread = fitters().shrunk_covariance(values - center) + SMALLEST * np.eye(len(center))
    return Chart(center, np.linalg.inv(spread))
