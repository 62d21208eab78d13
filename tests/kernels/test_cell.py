"""What a cell says of itself: told by the type of its tape, when code is compiled."""

from typing import Any, NamedTuple

import numba
import numpy as np
import pytest
from numba.core.errors import TypingError

from seqloom.kernels.cell import advance, multiply, of, retreat, sums_of
from seqloom.kernels.layer import Form
from seqloom.kernels.memory import lanes_of, load, store
from seqloom.kernels.product import HEIGHTS


class SummingTape(NamedTuple):
    """A cell without any activation, as small as a cell can be."""

    sums: Any


class UnknownTape(NamedTuple):
    """The tape of a cell that says nothing."""

    sums: Any


FORM = Form((0,), (0,), units=1)
multiply(SummingTape, FORM)


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
def call_sums(tape, out, panels, x, h):
    """The sums of a block of one cell for a few sequences."""
    sums_of(tape, out, panels, 0, x, 0, h, 0, len(x))


@pytest.mark.parametrize("rows", HEIGHTS)
def test_the_sums_of_a_cell_are_products_of_its_form(numbers, rows):
    """`sums_of` on a tape multiplies as its cell asked for, at each of the heights."""
    lanes = lanes_in(np.zeros((1, 1)))
    panels = numbers.standard_normal((1, lanes * (1 + 3 + 2)))
    x, h, out = numbers.standard_normal((rows, 3)), numbers.standard_normal((rows, 2)), np.zeros((rows, lanes))
    call_sums(SummingTape(out), out, panels, x, h)
    bias, *weights = panels.reshape(-1, lanes)
    expected = bias + np.concatenate([x, h], axis=1) @ np.stack(weights)
    np.testing.assert_allclose(out, expected, rtol=0, atol=1e-14)  # float64: another order of six products


@numba.njit
def lanes_in(array):
    """Numbers of a vector."""
    return lanes_of(array)


def test_a_cell_that_says_nothing_is_not_compiled():
    """A tape of a type nobody spoke for is refused when the code is compiled."""
    with pytest.raises(TypingError, match="retreat"):
        call_retreat(UnknownTape(np.zeros((1, 16))), np.zeros((1, 16)))


@pytest.mark.parametrize("function", [sums_of, advance, retreat])
def test_outside_compiled_code_nothing_is_said(function):
    """In plain Python what cells say cannot be called."""
    count = function.__code__.co_argcount
    with pytest.raises(NotImplementedError):
        function(*[None] * count)
