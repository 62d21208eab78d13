"""Compiled LSTM with peepholes: its equations, one vector of hidden units at a time.

i, f = sigmoid(W x + b + U h + c + p s)      g  = φ(W x + b + U h + c)      s' = f s + i g
o    = sigmoid(W x + b + U h + c + p s')     h' = o φ(s')
"""

from typing import Any, NamedTuple

from seqloom.kernels.activation import Activation, apply, sigmoid, slope
from seqloom.kernels.blocks import by_blocks
from seqloom.kernels.cell import advance, of, retreat
from seqloom.kernels.kernel import Kernel
from seqloom.kernels.layer import Floats, Form, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import add, lanes_of, load, load_four, splat, store, store_four
from seqloom.kernels.room import kept
from seqloom.kernels.vector import fma

FORM = Form(from_input=(0, 1, 2, 3), from_hidden=(0, 1, 2, 3), units=1)


class PeepholeTape(NamedTuple):
    """What an LSTM with peepholes keeps.

    Args:
        sums: gates i, f, g, o of each row, and later the gradients of their sums, [N, 4 width]; no rows: nothing.
        cells: memory cells, [B + N, width]: the initial ones, then those after each row's step.
        memory: memory cells of the sequences under way, [B, width].
        unit: weights from the memory cells to i, f and o, [3, width].
        activation: φ.
    """

    sums: Floats
    cells: Floats
    memory: Floats
    unit: Floats
    activation: Activation


@of(advance, PeepholeTape)
def _advance(tape: PeepholeTape, rows: Rows, tile: Tile, group: Group, r: int, column: int, unit: int) -> Any:
    lanes, width, row, place = lanes_of(tile.sums), tape.memory.shape[1], group.row + r, rows.places[group.b + r]
    before = load(tape.memory, place, unit)
    i = sigmoid(fma(load(tape.unit, 0, unit), before, load(tile.sums, r, column)))
    f = sigmoid(fma(load(tape.unit, 1, unit), before, load(tile.sums, r, column + lanes)))
    g = apply(tape.activation, load(tile.sums, r, column + 2 * lanes))
    s = fma(f, before, i * g)
    o = sigmoid(fma(load(tape.unit, 2, unit), s, load(tile.sums, r, column + 3 * lanes)))
    store(tape.memory, place, unit, s)
    if len(tape.sums):
        store(tape.cells, len(tape.memory) + row, unit, s)
        store_four(tape.sums, row, unit, width, i, f, g, o)
    return o * apply(tape.activation, s)


@of(retreat, PeepholeTape)
def _retreat(tape: PeepholeTape, rows: Rows, gradients: Gradients, change: Any, b: int, row: int, unit: int) -> Any:
    width = tape.memory.shape[1]
    i, f, g, o = load_four(tape.sums, row, unit, width)
    before = load(tape.cells, rows.before[row], unit)
    after = load(tape.cells, len(tape.memory) + row, unit)
    shown = apply(tape.activation, after)
    do = change * shown * o * (1.0 - o)
    ds = fma(change * o, slope(tape.activation, shown), load(gradients.memory, b, unit))
    ds = fma(load(tape.unit, 2, unit), do, ds)
    di = ds * g * i * (1.0 - i)
    df = ds * before * f * (1.0 - f)
    store_four(tape.sums, row, unit, width, di, df, ds * i * slope(tape.activation, g), do)
    add(gradients.unit, b, unit, di * before)
    add(gradients.unit, b, width + unit, df * before)
    add(gradients.unit, b, 2 * width + unit, do * after)
    through_gates = fma(load(tape.unit, 0, unit), di, load(tape.unit, 1, unit) * df)
    store(gradients.memory, b, unit, fma(ds, f, through_gates))
    return splat(tape.sums, 0.0)


by_blocks(PeepholeTape, FORM)


def peephole_lstm(activation: Activation) -> Kernel:
    """The LSTM with peepholes and a certain activation."""

    def tape(sums: Floats, memory: Floats, unit: Floats) -> PeepholeTape:
        return PeepholeTape(sums, kept(memory, len(sums)), memory, unit, activation)

    return Kernel(FORM, tape, parts=1)
