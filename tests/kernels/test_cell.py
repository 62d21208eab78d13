"""What a cell says of itself: told by the type of its tape, when code is compiled."""

from typing import Any, NamedTuple

import numba
import numpy as np
import pytest
from numba.core.errors import TypingError

from seqloom.kernels.cell import advance, of, retreat, retreat_rows, step_rows
from seqloom.kernels.memory import lanes_of, load, store


class SummingTape(NamedTuple):
    """A cell without any activation, as small as a cell can be."""

    sums: Any


class UnknownTape(NamedTuple):
    """The tape of a cell that says nothing."""

    sums: Any


@of(retreat, SummingTape)
def _retreat(tape, rows, gradients, change, b, row, unit):
    return 2.0 * change


@numba.njit
def call_retreat(tape, change):
    """What `retreat` says, for the first vector of a row."""
    store(change, 0, 0, retreat(tape, 0, 0, load(change, 0, 0), 0, 0, 0))


def test_the_type_of_the_tape_tells_which_cell_speaks():
    """`retreat` on a tape is what was registered for its type."""
    change = np.arange(16.0)[None]
    lanes = lanes_in(change)
    call_retreat(SummingTape(change), change)
    np.testing.assert_array_equal(change[0, :lanes], 2 * np.arange(lanes))


@numba.njit
def lanes_in(array):
    """Numbers of a vector."""
    return lanes_of(array)


def test_a_cell_that_says_nothing_is_not_compiled():
    """A tape of a type nobody spoke for is refused when the code is compiled."""
    with pytest.raises(TypingError, match="retreat"):
        call_retreat(UnknownTape(np.zeros((1, 16))), np.zeros((1, 16)))


@pytest.mark.parametrize("function", [step_rows, advance, retreat_rows, retreat])
def test_outside_compiled_code_nothing_is_said(function):
    """In plain Python what cells say cannot be called."""
    count = function.__code__.co_argcount
    with pytest.raises(NotImplementedError):
        function(*[None] * count)
