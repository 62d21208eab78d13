import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.write import Held, held_notes


def test_a_key_that_stays_on_is_one_note():
    """A note lasts as long as its key stays on; one that is struck again is another."""
    roll = np.zeros((4, 88))
    roll[[0, 1, 3], 39] = 1
    roll[0, 0] = 1
    assert held_notes(roll) == [Held(21, 0, 1), Held(60, 0, 2), Held(60, 3, 4)]


def test_other_arrays_are_no_rolls():
    """A roll has 88 columns."""
    with pytest.raises(DataError, match=r"piano roll: expected an array \[T, 88\], came shape \[4, 28\]"):
        held_notes(np.zeros((4, 28)))
