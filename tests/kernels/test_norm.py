"""Layer norm in vectors, against NumPy."""

import numba
import numpy as np
import pytest

from seqloom.kernels.kernel import lanes_for
from seqloom.kernels.layer import NORM_EPSILON
from seqloom.kernels.memory import load, store
from seqloom.kernels.norm import back_through_norm, moments


@numba.njit
def call_moments(out, array, column, step, hidden):
    """Mean and scale of row 1."""
    mean, scale = moments(array, 1, column, step, hidden)
    store(out, 0, 0, mean)
    store(out, 1, 0, scale)


@numba.njit
def call_back(out, rows):
    """The gradient of the first vector of a row; means and scale are rows, too."""
    change = back_through_norm(
        load(rows, 0, 0), load(rows, 1, 0), (load(rows, 2, 0), load(rows, 3, 0)), load(rows, 4, 0)
    )
    store(out, 0, 0, change)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("hidden", [1, 5, 16, 17, 100])
@pytest.mark.parametrize("spread", [1, 3])
def test_moments_are_those_of_the_numbers_there_are(numbers, dtype, hidden, spread):
    """Whatever lies in the lanes beyond them and between their vectors, however far from zero they are."""
    dtype = np.dtype(dtype)
    lanes = lanes_for(dtype)
    blocks = -(-hidden // lanes)
    array = np.full((2, lanes + blocks * spread * lanes), 1e3, dtype)
    values = (50 + numbers.standard_normal(hidden)).astype(dtype)
    for block in range(blocks):
        part = values[block * lanes : (block + 1) * lanes]
        array[1, lanes + block * spread * lanes :][: len(part)] = part
    out = np.empty((2, lanes), dtype)
    call_moments(out, array, lanes, spread * lanes, hidden)
    wide = values.astype(float)
    rough = 100 * np.finfo(dtype).eps  # of a mean of 50, and of what is left of it in a sum of squares
    np.testing.assert_allclose(out[0], wide.mean(), rtol=rough)
    np.testing.assert_allclose(out[1], 1 / np.sqrt(wide.var() + NORM_EPSILON), rtol=3e3 * rough)
    assert (out == out[:, :1]).all()


def test_the_way_back_is_the_derivative(numbers):
    """It agrees with central differences of the norm itself."""
    lanes = lanes_for(np.dtype(float))
    x, change = numbers.standard_normal(lanes), numbers.standard_normal(lanes)

    def norm(x):
        return (x - x.mean()) / np.sqrt(x.var() + NORM_EPSILON)

    value, scale = norm(x), 1 / np.sqrt(x.var() + NORM_EPSILON)
    rows = np.stack(
        [change, value, *(np.full(lanes, mean) for mean in (change.mean(), (change * value).mean(), scale))]
    )
    out = np.empty((1, lanes))
    call_back(out, rows)
    steps = 1e-6 * np.eye(lanes)
    slopes = [((norm(x + step) - norm(x - step)) * change).sum() / 2e-6 for step in steps]
    np.testing.assert_allclose(out[0], slopes, rtol=0, atol=1e-8)  # what differences of a step of 1e-6 are good for
