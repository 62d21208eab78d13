"""Compiled minGRU: its equations, one vector of hidden units at a time.

z = sigmoid(W x + b)      n = W x + b      h' = (1 - z) h + z n
"""

from typing import Any, NamedTuple

from seqloom.kernels.activation import sigmoid
from seqloom.kernels.blocks import by_blocks
from seqloom.kernels.cell import advance, of, retreat
from seqloom.kernels.kernel import Kernel
from seqloom.kernels.layer import Floats, Form, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import get, lanes_of, load, store
from seqloom.kernels.vector import fma

FORM = Form(from_input=(0, 1), from_hidden=(), units=2)


class MinGRUTape(NamedTuple):
    """What a minGRU keeps.

    Args:
        sums: z and n of each row, and later the gradients of their sums, [N, 2 width]; no rows: nothing.
    """

    sums: Floats


@of(advance, MinGRUTape)
def _advance(tape: MinGRUTape, rows: Rows, tile: Tile, group: Group, r: int, column: int, unit: int) -> Any:
    width, row, before = tape.sums.shape[1] // 2, group.row + r, get(tile.before, group.line + r, unit)
    z = sigmoid(load(tile.sums, r, column))
    n = load(tile.sums, r, column + FORM.units * lanes_of(tile.sums))
    if len(tape.sums):
        store(tape.sums, row, unit, z)
        store(tape.sums, row, width + unit, n)
    return fma(z, n - before, before)


@of(retreat, MinGRUTape)
def _retreat(tape: MinGRUTape, rows: Rows, gradients: Gradients, change: Any, b: int, row: int, unit: int) -> Any:
    width, before = tape.sums.shape[1] // 2, get(rows.hidden, rows.before[row], unit)
    z = load(tape.sums, row, unit)
    n = load(tape.sums, row, width + unit)
    store(tape.sums, row, unit, change * (n - before) * z * (1.0 - z))
    store(tape.sums, row, width + unit, change * z)
    return change * (1.0 - z)


by_blocks(MinGRUTape, FORM)


def _tape(sums: Floats, memory: Floats, unit: Floats) -> MinGRUTape:
    return MinGRUTape(sums)


MINGRU = Kernel(FORM, _tape)
