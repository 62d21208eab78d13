import numpy as np

from seqloom.alternatives.fitting.compressed import compressed
from seqloom.alternatives.sparse import Sparse


def test_sparse_features_keep_their_places():
    """As compressed rows, with the same zeros."""
    counts = Sparse.counted(np.array([1, 0, 1]), np.array([2, 1, 2]), (3, 4))
    assert compressed(counts).toarray().tolist() == [[0, 1, 0, 0], [0, 0, 2, 0], [0, 0, 0, 0]]


def test_dense_features_are_left_alone():
    """The very same array."""
    features = np.ones((2, 3))
    assert compressed(features) is features
