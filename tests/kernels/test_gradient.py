"""Gradients of weights, against matrix products of NumPy."""

import numpy as np
import pytest

from seqloom.kernels.gradient import DEPTH, weight_gradients
from seqloom.kernels.kernel import WIDE, lanes_for
from seqloom.kernels.layer import Rows, starts

LENGTHS = {"few rows": (3, 2, 1), "many rows": (150, 120, 77, 1), "one row": (1,), "a block exactly": (DEPTH,)}
PARTS = {"all sums fed by both": ((0, 4), (0, 4)), "first and last fed by one": ((1, 3), (0, 3))}
"""First sum fed by recurrent weights and how many, the same for input weights."""


@pytest.fixture(params=[np.float32, np.float64], ids=lambda dtype: dtype.__name__)
def dtype(request):
    """Each precision."""
    return np.dtype(request.param)


def draw_rows(numbers, sizes, features, hidden, dtype, *, masked):
    """Random rows of a layer, with factors on what its weights read or without."""
    offsets, before = starts(sizes, False)  # noqa: FBT003 - compiled code has no keywords
    batch, count = int(sizes[0]), int(sizes.sum())
    x, vectors = numbers.standard_normal((count, features)), numbers.standard_normal((batch + count, hidden))
    kept = numbers.integers(0, 2, (batch if masked else 0, hidden)) * 2
    final = np.zeros((batch, hidden), dtype)
    places = np.arange(batch)
    return Rows(x.astype(dtype), vectors.astype(dtype), final, offsets, before, places, kept.astype(dtype))


def expected_of(rows, sums, sizes):
    """The products of what weights read with the gradients of sums, [F + H, columns]."""
    read = rows.hidden[rows.before].astype(float)
    if len(rows.kept):
        read = read * rows.kept[np.concatenate([np.arange(alive) for alive in sizes])]
    return np.concatenate([rows.x, read], axis=1).T @ sums.astype(float)


@pytest.mark.parametrize("masked", [False, True], ids=["whole", "masked"])
@pytest.mark.parametrize("parts", PARTS)
@pytest.mark.parametrize("lengths", LENGTHS)
@pytest.mark.parametrize(("features", "width"), [(1, 1), (17, 3)])
def test_they_are_products_over_all_rows(numbers, alive, dtype, lengths, parts, masked, features, width):
    """Each sum's gradient times what fed it, added up over the rows of all blocks; for biases the gradients alone."""
    sizes, lanes = alive(LENGTHS[lengths]), lanes_for(dtype)
    rows = draw_rows(numbers, sizes, features, 5, dtype, masked=masked)
    columns = 4 * width * lanes
    sums = numbers.standard_normal((len(rows.x), columns)).astype(dtype)
    (first_hidden, hidden_sums), (first_input, input_sums) = PARTS[parts]
    unit = width * lanes
    of_hidden, of_input = (first_hidden * unit, hidden_sums * unit), (first_input * unit, input_sums * unit)
    total, bias = np.full((features + 5, columns), np.nan, dtype), np.full((1, columns), np.nan, dtype)
    weight_gradients(total, bias, sums, rows, of_hidden, of_input, 0, columns)
    close = {"rtol": 0, "atol": 4 * np.finfo(dtype).eps * (len(sums) + 1)}  # as many roundings of sums of some units
    expected = expected_of(rows, sums, sizes)
    of_x, of_h = slice(of_input[0], sum(of_input)), slice(of_hidden[0], sum(of_hidden))
    np.testing.assert_allclose(total[:features, of_x], expected[:features, of_x], **close)
    np.testing.assert_allclose(total[features:, of_h], expected[features:, of_h], **close)
    np.testing.assert_allclose(bias[0], sums.astype(float).sum(axis=0), **close)


def test_only_the_columns_asked_for_are_written(numbers, alive, dtype):
    """Columns of other threads keep what they held, and the own ones are what they are when all are asked for."""
    rows, lanes = draw_rows(numbers, alive((4, 2)), 3, 5, dtype, masked=False), lanes_for(dtype)
    columns = 3 * WIDE * lanes
    sums, part = numbers.standard_normal((6, columns)).astype(dtype), (0, columns)
    whole, whole_bias = np.zeros((8, columns), dtype), np.zeros((1, columns), dtype)
    weight_gradients(whole, whole_bias, sums, rows, part, part, 0, columns)
    total, bias = np.full_like(whole, -7), np.full_like(whole_bias, -7)
    first, last = WIDE * lanes, 2 * WIDE * lanes
    weight_gradients(total, bias, sums, rows, part, part, first, last)
    for came, of_all in ((total, whole), (bias, whole_bias)):
        expected = np.full_like(of_all, -7)
        expected[:, first:last] = of_all[:, first:last]
        np.testing.assert_array_equal(came, expected)
