"""Features as scikit-learn reads them."""

from typing import Any

from scipy.sparse import csr_matrix

from seqloom.alternatives.sparse import Sparse


def compressed(features: Any) -> Any:  # noqa: ANN401 - a matrix, dense or sparse
    """A `Sparse` as scipy's matrix of compressed rows; a dense matrix as it is."""
    if not isinstance(features, Sparse):
        return features
    return csr_matrix((features.numbers, (features.rows, features.columns)), shape=features.shape)
