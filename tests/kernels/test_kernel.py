"""What the engine is told of a cell, and arrays in whole vectors."""

import numpy as np
import pytest

from seqloom.kernels import GRU, RESET_GRU
from seqloom.kernels.kernel import WIDE, lanes_for, parts_of, side_by_side, width_for

SINGLE, DOUBLE = np.dtype(np.float32), np.dtype(np.float64)


def test_vectors_hold_twice_as_many_single_numbers():
    """A register is as wide as it is."""
    assert lanes_for(SINGLE) == 2 * lanes_for(DOUBLE)


@pytest.mark.parametrize("hidden", [1, 15, 16, 17, 100])
def test_widths_are_whole_vectors(hidden):
    """As few as hold all units."""
    width, lanes = width_for(hidden, SINGLE), lanes_for(SINGLE)
    assert width % lanes == 0
    assert hidden <= width < hidden + lanes


def test_parts_put_side_by_side_can_be_read_off_again(numbers):
    """With zeros between them, and as copies."""
    parts = tuple(numbers.standard_normal((3, 5)) for _ in range(2))
    wide = side_by_side(parts, 3, 8, DOUBLE)
    assert wide.shape == (3, 16)
    assert not wide[:, 5:8].any()
    assert not wide[:, 13:].any()
    for came, part in zip(parts_of(wide, 2, 5), parts, strict=True):
        np.testing.assert_array_equal(came, part)
    parts[0][:] = 0
    assert wide[:, :5].all()


def test_no_parts_are_rows_without_columns():
    """A cell without further state has none to put anywhere."""
    wide = side_by_side((), 3, 8, DOUBLE)
    assert wide.shape == (3, 0)
    assert parts_of(wide, 0, 5) == ()


def test_cells_that_need_all_sums_have_room_for_them():
    """Others have room for one block of units, whatever the hidden size."""
    lanes = lanes_for(SINGLE)
    assert GRU.columns(1000, SINGLE) == (4 * lanes, 0)
    assert RESET_GRU.columns(2 * lanes + 1, SINGLE) == ((WIDE + 3 * 3) * lanes, 3 * lanes)
