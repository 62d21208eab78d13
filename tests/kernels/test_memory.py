"""Vectors from and to arrays: the right numbers, and nothing beside them."""

import numba
import numpy as np
import pytest

from seqloom.kernels.kernel import lanes_for
from seqloom.kernels.memory import (
    add,
    copy_row,
    fetch_row,
    get,
    lanes_of,
    load,
    load_part,
    ones,
    put,
    splat,
    store,
    store_part,
)

PRECISIONS = (np.float32, np.float64)
GUARD = -7.0


@numba.njit
def store_first(to, row, column, value):
    """Put the first vector of an array somewhere."""
    store(to, row, column, load(value, 0, 0))


@numba.njit
def store_some(to, row, column, count, value):
    """Put the first few numbers of a vector somewhere."""
    store_part(to, row, column, count, load(value, 0, 0))


@numba.njit
def load_some(to, array, row, column, count):
    """Fetch a few numbers as a vector."""
    store(to, 0, 0, load_part(array, row, column, count))


@numba.njit
def copy_rows(to, array):
    """Copy an array by vectors, the last of each row cut short."""
    for row in range(len(array)):
        for column in range(0, array.shape[1], lanes_of(array)):
            put(to, row, column, get(array, row, column))


@numba.njit
def fill(to, number):
    """Put a number into every lane of a vector."""
    store(to, 0, 0, splat(to, number))


@numba.njit
def count_lanes(array):
    """Numbers of a vector."""
    return lanes_of(array)


@pytest.fixture(params=PRECISIONS, ids=lambda dtype: dtype.__name__)
def dtype(request):
    """Each precision."""
    return np.dtype(request.param)


@pytest.fixture
def lanes(dtype):
    """Numbers of a vector."""
    return lanes_for(dtype)


def test_lanes_are_known_to_compiled_code(dtype, lanes):
    """Compiled code and Python agree on how many numbers a vector of an array has."""
    assert count_lanes(np.zeros((1, 1), dtype)) == lanes


def test_a_vector_is_stored_where_it_begins_and_nowhere_else(dtype, lanes, numbers):
    """A vector that begins at an element that no alignment favours changes its own elements only."""
    value = numbers.standard_normal((1, lanes)).astype(dtype)
    array = np.full((3, lanes + 5), GUARD, dtype)
    store_first(array, 1, 3, value)
    expected = np.full_like(array, GUARD)
    expected[1, 3 : 3 + lanes] = value
    np.testing.assert_array_equal(array, expected)


def test_a_part_of_a_vector_is_stored_and_nothing_beyond_it(dtype, lanes, numbers):
    """However many lanes are asked for, from none to all, the elements beyond keep their numbers."""
    value = numbers.standard_normal((1, lanes)).astype(dtype)
    for count in range(lanes + 1):
        array = np.full((3, lanes + 5), GUARD, dtype)
        store_some(array, 1, 3, count, value)
        expected = np.full_like(array, GUARD)
        expected[1, 3 : 3 + count] = value[0, :count]
        np.testing.assert_array_equal(array, expected)


def test_a_part_of_a_vector_is_loaded_with_zeros_beyond_it(dtype, lanes, numbers):
    """However many elements are asked for, the other lanes are zero even where NaN lies in memory."""
    array = np.full((3, lanes + 5), np.nan, dtype)
    array[1, 3 : 3 + lanes] = numbers.standard_normal(lanes)
    for count in range(lanes + 1):
        out, poisoned = np.full((1, lanes), GUARD, dtype), array.copy()
        poisoned[1, 3 + count :] = np.nan
        load_some(out, poisoned, 1, 3, count)
        expected = np.zeros((1, lanes), dtype)
        expected[0, :count] = array[1, 3 : 3 + count]
        np.testing.assert_array_equal(out, expected)


def test_rows_of_any_width_are_copied_whole(dtype, lanes, numbers):
    """Rows shorter than a vector, of a whole number of vectors or not, arrive as they were."""
    for columns in (1, lanes - 1, lanes, lanes + 1, 3 * lanes - 1):
        array = numbers.standard_normal((3, columns)).astype(dtype)
        room = np.full((5, columns), GUARD, dtype)
        copy_rows(room[1:4], array)
        np.testing.assert_array_equal(room[1:4], array)
        np.testing.assert_array_equal(room[[0, 4]], GUARD)


def test_a_number_is_spread_over_all_lanes(dtype, lanes):
    """A number becomes a vector of the array's type."""
    out = np.zeros((1, lanes), dtype)
    fill(out, 0.1)
    np.testing.assert_array_equal(out, dtype.type(0.1))


@numba.njit
def add_first(to, row, column, value):
    """Add the first vector of an array somewhere."""
    add(to, row, column, load(value, 0, 0))


def test_a_vector_is_added_where_it_begins_and_nowhere_else(dtype, lanes, numbers):
    """The numbers that lie there are added to, and those around them stay."""
    to = np.full((3, 2 * lanes + 3), GUARD, dtype)
    value = numbers.standard_normal((1, lanes)).astype(dtype)
    add_first(to, 1, 2, value)
    expected = np.full_like(to, GUARD)
    expected[1, 2 : 2 + lanes] += value[0]
    np.testing.assert_array_equal(to, expected)


@numba.njit
def mark(to, count):
    """Ones in the first lanes."""
    store(to, 0, 0, ones(to, count))


def test_ones_stand_in_the_first_lanes(dtype, lanes):
    """None, some, all, or more than there are."""
    for count in range(lanes + 3):
        out = np.full((1, lanes), GUARD, dtype)
        mark(out, count)
        np.testing.assert_array_equal(out[0], np.arange(lanes) < count)


@numba.njit
def fetch_every(array):
    """Ask for every row, and for one that is not there."""
    for row in range(len(array) + 1):
        fetch_row(array, row)


def test_what_is_asked_for_is_not_changed(dtype, numbers):
    """Nor does asking beyond the end do any harm."""
    array = numbers.standard_normal((5, 37)).astype(dtype)
    before = array.copy()
    fetch_every(array)
    np.testing.assert_array_equal(array, before)


@numba.njit
def copy_one(to, to_row, array, row):
    """Copy a row."""
    copy_row(to, to_row, array, row)


def test_a_row_is_copied_whole_and_no_other(dtype, lanes, numbers):
    """Of any width; the rows around it stay."""
    for width in range(2 * lanes + 2):
        to, array = np.full((3, width), GUARD, dtype), numbers.standard_normal((4, width)).astype(dtype)
        copy_one(to, 1, array, 2)
        expected = np.full_like(to, GUARD)
        expected[1] = array[2]
        np.testing.assert_array_equal(to, expected)
