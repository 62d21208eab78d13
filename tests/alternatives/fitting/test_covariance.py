import numpy as np

from seqloom.alternatives.fitting.covariance import shrunk_covariance


def test_few_rows_are_drawn_towards_no_correlation():
    """Two columns that always agree do so less, and the sum of the variances stays."""
    rows = np.repeat(np.random.default_rng(0).normal(size=(6, 1)), 2, axis=1)
    found, plain = shrunk_covariance(rows), rows.T @ rows / 6
    assert 0 < found[0, 1] < plain[0, 1]
    np.testing.assert_allclose(np.trace(found), np.trace(plain))


def test_one_column_has_its_variance():
    """A matrix of one number, about 0."""
    np.testing.assert_allclose(shrunk_covariance(np.array([[1.0], [3.0]])), [[5.0]])
