"""Sparse matrices beside dense ones."""

import numpy as np
import pytest

from seqloom.alternatives.sparse import Sparse


@pytest.fixture
def dense():
    """Counts, most of them zero; one row and one column of nothing else."""
    found = np.random.default_rng(0).poisson(0.3, size=(9, 7)).astype(np.float64)
    found[4], found[:, 2] = 0, 0
    return found


@pytest.fixture
def sparse(dense):
    """The same, counted from cells in disorder."""
    rows, columns = (np.repeat(place, dense[dense > 0].astype(int)) for place in dense.nonzero())
    order = np.random.default_rng(1).permutation(len(rows))
    return Sparse.counted(rows[order], columns[order], dense.shape)


def written_out(sparse: Sparse) -> np.ndarray:
    """With its zeros."""
    found = np.zeros(sparse.shape)
    found[sparse.rows, sparse.columns] = sparse.numbers
    return found


def test_cells_are_counted(sparse, dense):
    """However often and in whatever order they are named."""
    np.testing.assert_array_equal(written_out(sparse), dense)


def test_rows_are_taken_in_the_order_asked(sparse, dense):
    """One of them twice, one that is empty."""
    places = np.array([7, 0, 4, 0])
    np.testing.assert_array_equal(written_out(sparse[places]), dense[places])


@pytest.mark.parametrize("columns", [[0, 2, 5], [6], [], list(range(7))])
def test_columns_are_taken(columns, sparse, dense):
    """Some, none or all."""
    places = np.array(columns, dtype=np.int64)
    np.testing.assert_array_equal(written_out(sparse.only(places)), dense[:, places])


def test_products_and_sums_are_those_of_dense_matrices(sparse, dense):
    """Rows and columns of nothing give zeros."""
    weights = np.random.default_rng(2).normal(size=(7, 3))
    np.testing.assert_allclose(sparse @ weights, dense @ weights, atol=1e-14)
    np.testing.assert_array_equal(sparse.sums, dense.sum(axis=0))
