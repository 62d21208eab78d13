"""Compiled minLSTM: its equations, one vector of hidden units at a time.

f, i = sigmoid(W x + b)      n = W x + b      h' = f / (f + i) h + i / (f + i) n
"""

from typing import Any, NamedTuple

from seqloom.kernels.activation import sigmoid
from seqloom.kernels.blocks import by_blocks
from seqloom.kernels.cell import advance, of, retreat
from seqloom.kernels.kernel import Kernel
from seqloom.kernels.layer import Floats, Form, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import get, lanes_of, load, store
from seqloom.kernels.vector import fma

FORM = Form(from_input=(0, 1, 2), from_hidden=(), units=1)


class MinLSTMTape(NamedTuple):
    """What a minLSTM keeps.

    Args:
        sums: f, i and n of each row, and later the gradients of their sums, [N, 3 width]; no rows: nothing.
    """

    sums: Floats


@of(advance, MinLSTMTape)
def _advance(tape: MinLSTMTape, rows: Rows, tile: Tile, group: Group, r: int, column: int, unit: int) -> Any:
    lanes, width, row = lanes_of(tile.sums), tape.sums.shape[1] // 3, group.row + r
    before = get(tile.before, group.line + r, unit)
    f = sigmoid(load(tile.sums, r, column))
    i = sigmoid(load(tile.sums, r, column + lanes))
    n = load(tile.sums, r, column + 2 * lanes)
    if len(tape.sums):
        store(tape.sums, row, unit, f)
        store(tape.sums, row, width + unit, i)
        store(tape.sums, row, 2 * width + unit, n)
    return fma(i / (f + i), n - before, before)


@of(retreat, MinLSTMTape)
def _retreat(tape: MinLSTMTape, rows: Rows, gradients: Gradients, change: Any, b: int, row: int, unit: int) -> Any:
    width, before = tape.sums.shape[1] // 3, get(rows.hidden, rows.before[row], unit)
    f = load(tape.sums, row, unit)
    i = load(tape.sums, row, width + unit)
    n = load(tape.sums, row, 2 * width + unit)
    share = i / (f + i)
    other = f / (f + i)
    of_share = change * (n - before) * share * other  # times the gradient of ln(i / f)
    store(tape.sums, row, unit, (f - 1.0) * of_share)
    store(tape.sums, row, width + unit, (1.0 - i) * of_share)
    store(tape.sums, row, 2 * width + unit, change * share)
    return change * other


by_blocks(MinLSTMTape, FORM)


def _tape(sums: Floats, memory: Floats, unit: Floats) -> MinLSTMTape:
    return MinLSTMTape(sums)


MINLSTM = Kernel(FORM, _tape)
