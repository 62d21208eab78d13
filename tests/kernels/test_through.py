"""Rows through a matrix, added to other rows."""

import numpy as np
import pytest

from seqloom.kernels.kernel import WIDE, lanes_for
from seqloom.kernels.panel import back_panels
from seqloom.kernels.product import FULL
from seqloom.kernels.through import through


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("many", [1, 2, 5, 6, 17])
@pytest.mark.parametrize(("units", "columns"), [(1, 1), (17, 3), (16, 64), (5, 100)])
def test_products_are_added_to_rows(numbers, units, columns, many, dtype, masked):
    """Rows times the matrix, and times factors where there are any, are added to those asked for and to no others."""
    dtype = np.dtype(dtype)
    lanes = lanes_for(dtype)
    width = -(-units // lanes) * lanes
    matrix = numbers.standard_normal((units, columns)).astype(dtype)
    rows = np.zeros((many + 3, 2 * width), dtype)
    rows[:, width : width + units] = numbers.standard_normal((many + 3, units))
    to = numbers.standard_normal((many + 4, columns)).astype(dtype)
    factors = numbers.integers(0, 3, (len(to) if masked else 0, columns)).astype(dtype)
    before, out = to.copy(), np.empty((FULL, WIDE * lanes), dtype)
    through(to, 2, factors, back_panels(matrix, (0,), lanes), rows, 1, (width, width), many, out)
    change = rows[1 : 1 + many, width : width + units].astype(float) @ matrix
    expected = before.astype(float)
    expected[2 : 2 + many] += change * (factors[2 : 2 + many] if masked else 1)
    close = {"rtol": 0, "atol": 4 * np.finfo(dtype).eps * (units + 2)}  # as many roundings of sums of a few units
    np.testing.assert_allclose(to, expected, **close)
    np.testing.assert_array_equal(
        np.delete(to, range(2, 2 + many), axis=0), np.delete(before, range(2, 2 + many), axis=0)
    )
