"""Ridge regression of scikit-learn."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import Ridge, RidgeCV

from seqloom.alternatives.fitting.compressed import compressed

Matrix = NDArray[np.float64]


def ridge(features: Any, values: Matrix, penalty: float, **solved: Any) -> Any:  # noqa: ANN401 - scikit-learn has no types
    """Ridge regression, fitted.

    Args:
        features: a matrix, dense or a `Sparse`, [E, F].
        values: [E, C].
        penalty: of the weights.
        solved: settings of scikit-learn that say how.
    """
    return Ridge(alpha=penalty, **solved).fit(compressed(features), values)


def ridge_left_out(features: Matrix, values: Matrix, penalties: Sequence[float]) -> Any:  # noqa: ANN401 - as above
    """Ridge regression, its penalty chosen by leaving one example out, fitted.

    Args:
        features: scaled, [E, F].
        values: [E, C].
        penalties: to choose from.
    """
    return RidgeCV(alphas=penalties).fit(features, values)
