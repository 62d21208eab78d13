"""Tiles on their way through time: each does its own sequences, and touches no others."""

import numpy as np
import pytest

from seqloom.kernels.layer import Gradients
from seqloom.kernels.panel import backward_panels, forward_panels
from seqloom.kernels.walk import backward, forward

LENGTHS = (6, 5, 5, 5, 3, 2, 2, 1)
GUARD = -7.0
TILES = [(0, 2), (2, 6), (6, 8)]
CELLS = ["gru", "reset-gru", "elman-tanh", "mingru"]
"""Cells that keep no state beside their hidden vectors."""


def rows_of(sizes, first, last):
    """Which rows belong to sequences of a tile."""
    place = np.concatenate([np.arange(alive) for alive in sizes])
    return (first <= place) & (place < last)


def go(passed, panels, first, last, reverse):
    """Take a tile of a layer that has been run through time once more."""
    columns = passed.kernel.columns(passed.rows.hidden.shape[1], passed.rows.x.dtype)
    forward(passed.tape, passed.rows, panels, columns, first, last, reverse)


@pytest.fixture(params=CELLS)
def layer(request, cells, draw):
    """A layer of a cell."""
    return draw(cells[request.param], 3, 17, LENGTHS)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("tile", TILES)
def test_a_tile_writes_its_own_rows_and_no_others(layer, tile, reverse):
    """Hidden vectors of its sequences are those of the whole batch, bit for bit, and all others stay as they are."""
    passed, batch = layer.run(reverse=reverse), len(LENGTHS)
    whole, final = passed.rows.hidden.copy(), passed.rows.final.copy()
    passed.rows.hidden[batch:], passed.rows.final[:] = GUARD, GUARD
    panels = forward_panels(layer.weights, passed.kernel.form)
    go(passed, panels, *tile, reverse)
    own = rows_of(layer.sizes, *tile)
    np.testing.assert_array_equal(passed.outputs, np.where(own[:, None], whole[batch:], GUARD))
    mine = (np.arange(batch) >= tile[0]) & (np.arange(batch) < tile[1])
    np.testing.assert_array_equal(passed.rows.final, np.where(mine[:, None], final, GUARD))


def go_back(layer, passed, gradients, first, last, reverse):
    """Take gradients of a tile back through time."""
    form = passed.kernel.form
    width = passed.tape.sums.shape[1] // form.sums
    reads = tuple((min(feeds, default=0) * width, len(feeds) * width) for feeds in (form.from_hidden, form.from_input))
    backward(
        passed.tape,
        passed.rows,
        gradients,
        backward_panels(layer.weights, form, needs_x=True),
        reads,
        first,
        last,
        reverse,
    )


def draw_gradients(layer, width, *, needs_x=True):
    """Gradients of outputs, and room for all others."""
    numbers, batch = np.random.default_rng(5), len(LENGTHS)
    dtype = layer.x.dtype
    outputs = numbers.standard_normal((len(layer.x), 17)).astype(dtype)
    x = np.zeros((len(layer.x) if needs_x else 0, 3), dtype)
    memory, unit = np.zeros((batch, 0), dtype), np.zeros((batch, 0), dtype)
    return Gradients(outputs, np.zeros((batch, width), dtype), memory, x, unit, np.zeros((batch, width), dtype))


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("tile", TILES)
def test_on_its_way_back_a_tile_writes_its_own_rows_and_no_others(layer, tile, reverse):
    """Gradients of its sums, inputs and initial states are those of the whole batch, all others stay as they are."""
    whole, part = layer.run(reverse=reverse), layer.run(reverse=reverse)
    width, before = whole.tape.sums.shape[1] // whole.kernel.form.sums, part.tape.sums.copy()
    of_whole, of_part = draw_gradients(layer, width), draw_gradients(layer, width)
    go_back(layer, whole, of_whole, 0, len(LENGTHS), reverse)
    go_back(layer, part, of_part, *tile, reverse)
    own = rows_of(layer.sizes, *tile)[:, None]
    mine = ((np.arange(len(LENGTHS)) >= tile[0]) & (np.arange(len(LENGTHS)) < tile[1]))[:, None]
    np.testing.assert_array_equal(part.tape.sums, np.where(own, whole.tape.sums, before))
    np.testing.assert_array_equal(of_part.x, np.where(own, of_whole.x, 0))
    np.testing.assert_array_equal(of_part.hidden, np.where(mine, of_whole.hidden, 0))


def test_gradients_of_inputs_nobody_asks_for_are_not_written(layer):
    """Without rows for them the way back gives the same gradients of sums and initial states."""
    whole, part = layer.run(), layer.run()
    width = whole.tape.sums.shape[1] // whole.kernel.form.sums
    of_whole, of_part = draw_gradients(layer, width), draw_gradients(layer, width, needs_x=False)
    for passed, gradients in ((whole, of_whole), (part, of_part)):
        go_back(layer, passed, gradients, 0, len(LENGTHS), False)  # noqa: FBT003 - compiled code has no keywords
    np.testing.assert_array_equal(part.tape.sums, whole.tape.sums)
    np.testing.assert_array_equal(of_part.hidden, of_whole.hidden)


def test_a_tile_without_sequences_writes_nothing(layer):
    """Sequences from the end of the batch to its end are none."""
    passed, batch = layer.run(), len(LENGTHS)
    passed.rows.hidden[batch:] = GUARD
    panels = forward_panels(layer.weights, passed.kernel.form)
    go(passed, panels, batch, batch, False)  # noqa: FBT003 - compiled code has no keywords
    np.testing.assert_array_equal(passed.outputs, GUARD)
