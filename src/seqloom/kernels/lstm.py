"""Compiled LSTM: its equations, one vector of hidden units at a time.

i, f, o = sigmoid(W x + b + U h + c)      g = φ(W x + b + U h + c)
s'      = f s + i g                       h' = o φ(s')
"""

from typing import Any, NamedTuple

from seqloom.kernels.activation import Activation, apply, sigmoid, slope
from seqloom.kernels.cell import advance, multiply, of, retreat
from seqloom.kernels.layer import Floats, Form, Gradients, Rows
from seqloom.kernels.memory import lanes_of, load, splat, store
from seqloom.kernels.room import ROOM
from seqloom.kernels.run import Kernel
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


multiply(LSTMTape, FORM)


@of(advance, LSTMTape)
def _advance(tape: LSTMTape, rows: Rows, out: Floats, line: int, vector: int, b: int, row: int, unit: int) -> Any:
    lanes, width = lanes_of(out), tape.memory.shape[1]
    i = sigmoid(load(out, line, vector))
    f = sigmoid(load(out, line, lanes + vector))
    g = apply(tape.activation, load(out, line, 2 * lanes + vector))
    o = sigmoid(load(out, line, 3 * lanes + vector))
    s = fma(f, load(tape.memory, b, unit), i * g)
    store(tape.memory, b, unit, s)
    if len(tape.sums):
        store(tape.cells, len(tape.memory) + row, unit, s)
        store(tape.sums, row, unit, i)
        store(tape.sums, row, width + unit, f)
        store(tape.sums, row, 2 * width + unit, g)
        store(tape.sums, row, 3 * width + unit, o)
    return o * apply(tape.activation, s)


@of(retreat, LSTMTape)
def _retreat(tape: LSTMTape, rows: Rows, gradients: Gradients, change: Any, b: int, row: int, unit: int) -> Any:
    width = tape.memory.shape[1]
    i = load(tape.sums, row, unit)
    f = load(tape.sums, row, width + unit)
    g = load(tape.sums, row, 2 * width + unit)
    o = load(tape.sums, row, 3 * width + unit)
    before = load(tape.cells, rows.before[row], unit)
    shown = apply(tape.activation, load(tape.cells, len(tape.memory) + row, unit))
    ds = fma(change * o, slope(tape.activation, shown), load(gradients.memory, b, unit))
    store(tape.sums, row, unit, ds * g * i * (1.0 - i))
    store(tape.sums, row, width + unit, ds * before * f * (1.0 - f))
    store(tape.sums, row, 2 * width + unit, ds * i * slope(tape.activation, g))
    store(tape.sums, row, 3 * width + unit, change * shown * o * (1.0 - o))
    store(gradients.memory, b, unit, ds * f)
    return splat(tape.sums, 0.0)


def lstm(activation: Activation) -> Kernel:
    """The LSTM with a certain activation."""

    def tape(sums: Floats, memory: Floats) -> LSTMTape:
        cells = ROOM.take((len(memory) + len(sums), memory.shape[1]), memory.dtype)
        cells[: len(memory)] = memory
        return LSTMTape(sums, cells, memory, activation)

    return Kernel(FORM, tape, memory=True)
