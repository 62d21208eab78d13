import numpy as np

from seqloom.alternatives.fitting.ridge_regression import ridge, ridge_left_out
from seqloom.alternatives.sparse import Sparse


def test_weights_are_the_closed_form():
    """Without a constant: the inverse of the products and the penalty, times the products with the values."""
    drawn = np.random.default_rng(0)
    features, values = drawn.normal(size=(20, 3)), drawn.normal(size=(20, 2))
    expected = np.linalg.solve(features.T @ features + 2 * np.eye(3), features.T @ values)
    np.testing.assert_allclose(ridge(features, values, 2.0, fit_intercept=False).coef_.T, expected)


def test_sparse_features_are_read():
    """One column that the values follow."""
    features = Sparse.counted(np.array([0, 1, 1]), np.zeros(3, int), (3, 1))
    assert ridge(features, np.array([1.0, 2.0, 0.0]), 1e-9).coef_.round(6).tolist() == [1.0]


def test_a_clear_relation_has_the_least_penalty():
    """Left out one by one, examples are met best by it."""
    features = np.random.default_rng(0).normal(size=(20, 1))
    assert ridge_left_out(features, 3 * features[:, 0], (0.01, 1.0, 100.0)).alpha_ == 0.01
