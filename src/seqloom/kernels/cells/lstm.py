"""Compiled LSTM: its equations, one vector of hidden units at a time.

i, f, o = sigmoid(W x + b + U h + c)      g = φ(W x + b + U h + c)
s'      = f s + i g                       h' = o φ(s')
"""

from typing import Any, NamedTuple

from seqloom.kernels.activation import Activation, apply, sigmoid, slope
from seqloom.kernels.blocks import by_blocks
from seqloom.kernels.cell import advance, of, retreat
from seqloom.kernels.kernel import Kernel
from seqloom.kernels.layer import Floats, Form, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import lanes_of, load, load_four, splat, store, store_four
from seqloom.kernels.room import kept
from seqloom.kernels.vector import fma

FORM = Form(from_input=(0, 1, 2, 3), from_hidden=(0, 1, 2, 3), units=1)


class LSTMTape(NamedTuple):
    """What an LSTM keeps.

    Args:
        sums: gates i, f, g, o of each row, and later the gradients of their sums, [N, 4 width]; no rows: nothing.
        cells: memory cells, [B + N, width]: the initial ones, then those after each row's step.
        memory: memory cells of the sequences under way, [B, width].
        activation: φ.
    """

    sums: Floats
    cells: Floats
    memory: Floats
    activation: Activation


@of(advance, LSTMTape)
def _advance(tape: LSTMTape, rows: Rows, tile: Tile, group: Group, r: int, column: int, unit: int) -> Any:
    lanes, width, row, place = lanes_of(tile.sums), tape.memory.shape[1], group.row + r, rows.places[group.b + r]
    i = sigmoid(load(tile.sums, r, column))
    f = sigmoid(load(tile.sums, r, column + lanes))
    g = apply(tape.activation, load(tile.sums, r, column + 2 * lanes))
    o = sigmoid(load(tile.sums, r, column + 3 * lanes))
    s = fma(f, load(tape.memory, place, unit), i * g)
    store(tape.memory, place, unit, s)
    if len(tape.sums):
        store(tape.cells, len(tape.memory) + row, unit, s)
        store_four(tape.sums, row, unit, width, i, f, g, o)
    return o * apply(tape.activation, s)


@of(retreat, LSTMTape)
def _retreat(tape: LSTMTape, rows: Rows, gradients: Gradients, change: Any, b: int, row: int, unit: int) -> Any:
    width = tape.memory.shape[1]
    i, f, g, o = load_four(tape.sums, row, unit, width)
    before = load(tape.cells, rows.before[row], unit)
    shown = apply(tape.activation, load(tape.cells, len(tape.memory) + row, unit))
    ds = fma(change * o, slope(tape.activation, shown), load(gradients.memory, b, unit))
    di, df = ds * g * i * (1.0 - i), ds * before * f * (1.0 - f)
    dg, do = ds * i * slope(tape.activation, g), change * shown * o * (1.0 - o)
    store_four(tape.sums, row, unit, width, di, df, dg, do)
    store(gradients.memory, b, unit, ds * f)
    return splat(tape.sums, 0.0)


by_blocks(LSTMTape, FORM)


def lstm(activation: Activation) -> Kernel:
    """The LSTM with a certain activation."""

    def tape(sums: Floats, memory: Floats, unit: Floats) -> LSTMTape:
        return LSTMTape(sums, kept(memory, len(sums)), memory, activation)

    return Kernel(FORM, tape, parts=1)
