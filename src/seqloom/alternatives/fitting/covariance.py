"""Covariances of few rows."""

import numpy as np
from numpy.typing import NDArray
from sklearn.covariance import ledoit_wolf


def shrunk_covariance(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The covariance about 0, drawn towards one without correlations, [W, W].

    Source: Ledoit & Wolf, "A well-conditioned estimator for large-dimensional covariance matrices", Journal of
    Multivariate Analysis 88 (2004).

    Args:
        values: [N, W], at least one row.
    """
    spread, _ = ledoit_wolf(values, assume_centered=True)
    found: NDArray[np.float64] = np.atleast_2d(spread)
    return found
