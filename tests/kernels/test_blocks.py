"""A step by blocks of hidden units, for a cell that does nothing but add."""

from typing import Any, NamedTuple

import numba
import numpy as np
import pytest

from seqloom.kernels import Weights
from seqloom.kernels.blocks import by_blocks
from seqloom.kernels.cell import advance, of, retreat, retreat_rows, step_rows
from seqloom.kernels.kernel import lanes_for
from seqloom.kernels.layer import Form, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import load, store
from seqloom.kernels.panel import forward_panels
from seqloom.kernels.product import FULL, HEIGHTS

HIDDEN, FEATURES, GUARD = 21, 3, -7.0


class SummingTape(NamedTuple):
    """A cell without any activation, as small as a cell can be."""

    sums: Any


FORM = Form((0,), (0,), units=2)


@of(advance, SummingTape)
def _advance(tape, rows, tile, group, r, column, unit):
    return load(tile.sums, r, column)


@of(retreat, SummingTape)
def _retreat(tape, rows, gradients, change, b, row, unit):
    store(tape.sums, row, unit, change)
    return 2.0 * change


by_blocks(SummingTape, FORM)


@numba.njit
def call_step(tape, rows, panels, tile, group):
    """Take a few sequences a step further."""
    step_rows(tape, rows, panels, tile, group)


@numba.njit
def call_back(tape, rows, gradients, panels, out, group):
    """And back."""
    retreat_rows(tape, rows, gradients, panels, out, group)


def rows_of(numbers, many):
    """Rows of a batch in which a group of sequences is neither the first nor the last."""
    nowhere = np.zeros(0, np.int64)
    x, hidden = numbers.standard_normal((many + 5, FEATURES)), np.full((2 * many + 10, HIDDEN), GUARD)
    return Rows(x, hidden, np.zeros((many + 5, HIDDEN)), nowhere, nowhere, nowhere, np.zeros((0, HIDDEN)))


@pytest.mark.parametrize("many", HEIGHTS)
def test_a_step_leaves_hidden_vectors_in_the_rows_and_in_the_tile(numbers, many):
    """Those of the group, each the sum of its products and biases, and none of the others."""
    lanes, rows = lanes_for(np.dtype(float)), rows_of(numbers, many)
    shapes = ((HIDDEN, FEATURES), (HIDDEN, HIDDEN), (HIDDEN,), (HIDDEN,), (0, HIDDEN))
    weights = Weights(*(numbers.standard_normal(shape) for shape in shapes))
    before, after = numbers.standard_normal((many + 2, HIDDEN)), np.full((many + 2, HIDDEN), GUARD)
    tile = Tile(np.empty((FULL, 2 * lanes)), before, before, after, np.empty((0, 0)))
    call_step(SummingTape(np.empty((0, 24))), rows, forward_panels(weights, FORM), tile, Group(2, 3, 1, many))
    expected = rows.x[3 : 3 + many] @ weights.input.T + before[1 : 1 + many] @ weights.recurrent.T
    expected += weights.input_bias + weights.recurrent_bias
    np.testing.assert_allclose(after[1 : 1 + many], expected, rtol=0, atol=1e-13)  # float64: sums of 25 terms
    first = len(rows.final) + 3
    np.testing.assert_array_equal(rows.hidden[first : first + many], after[1 : 1 + many])
    assert (rows.hidden == GUARD).sum() == (len(rows.hidden) - many) * HIDDEN
    assert (after == GUARD).sum() == 2 * HIDDEN


def test_on_the_way_back_changes_of_outputs_and_of_later_steps_add_up(numbers):
    """What `retreat` gets is their sum, and what it gives back is left for the step before."""
    rows, lanes = rows_of(numbers, 2), lanes_for(np.dtype(float))
    width = -(-HIDDEN // lanes) * lanes
    output, hidden = numbers.standard_normal((7, HIDDEN)), np.zeros((7, width))
    hidden[:, :HIDDEN] = numbers.standard_normal((7, HIDDEN))
    later, nothing, tape = hidden.copy(), np.empty((0, 0)), SummingTape(np.full((7, width), GUARD))
    gradients = Gradients(output, hidden, nothing, nothing, nothing, nothing)
    call_back(tape, rows, gradients, (nothing, nothing, nothing), nothing, Group(2, 3, 0, 2))
    whole = output[3:5] + later[2:4, :HIDDEN]
    np.testing.assert_array_equal(tape.sums[3:5, :HIDDEN], whole)
    np.testing.assert_array_equal(hidden[2:4, :HIDDEN], 2 * whole)
    np.testing.assert_array_equal(np.delete(hidden, [2, 3], axis=0), np.delete(later, [2, 3], axis=0))
    assert (np.delete(tape.sums, [3, 4], axis=0) == GUARD).all()
