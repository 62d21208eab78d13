"""Compiled GRU, reset after the product: its equations, one vector of hidden units at a time.

r, z = sigmoid(W x + b + U h + c)      n = tanh(W x + b + r (U h + c))      h' = (1 - z) n + z h
"""

from typing import Any, NamedTuple

from seqloom.kernels.activation import sigmoid, tanh
from seqloom.kernels.blocks import by_blocks
from seqloom.kernels.cell import advance, of, retreat
from seqloom.kernels.kernel import Kernel
from seqloom.kernels.layer import Floats, Form, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import get, lanes_of, load, load_four, store_four
from seqloom.kernels.vector import fma

FORM = Form(from_input=(1, 2, 0), from_hidden=(1, 2, 3), units=1)
"""Sums: the candidate's from the input, r, z, and the candidate's from the hidden vector."""


class GRUTape(NamedTuple):
    """What a GRU keeps.

    Args:
        sums: n, r, z and `U h + c` of each row, and later the gradients of their sums, [N, 4 width]; no rows: nothing.
    """

    sums: Floats


@of(advance, GRUTape)
def _advance(tape: GRUTape, rows: Rows, tile: Tile, group: Group, r: int, column: int, unit: int) -> Any:
    lanes, width, row = lanes_of(tile.sums), tape.sums.shape[1] // 4, group.row + r
    reset = sigmoid(load(tile.sums, r, column + lanes))
    z = sigmoid(load(tile.sums, r, column + 2 * lanes))
    from_hidden = load(tile.sums, r, column + 3 * lanes)
    n = tanh(fma(reset, from_hidden, load(tile.sums, r, column)))
    h = fma(z, get(tile.before, group.line + r, unit) - n, n)
    if len(tape.sums):
        store_four(tape.sums, row, unit, width, n, reset, z, from_hidden)
    return h


@of(retreat, GRUTape)
def _retreat(tape: GRUTape, rows: Rows, gradients: Gradients, change: Any, b: int, row: int, unit: int) -> Any:
    width = tape.sums.shape[1] // 4
    n, r, z, from_hidden = load_four(tape.sums, row, unit, width)
    dn = change * (1.0 - z) * (1.0 - n * n)
    dz = change * (get(rows.hidden, rows.before[row], unit) - n)
    store_four(tape.sums, row, unit, width, dn, dn * from_hidden * r * (1.0 - r), dz * z * (1.0 - z), dn * r)
    return change * z


by_blocks(GRUTape, FORM, ahead=True)


def _tape(sums: Floats, memory: Floats, unit: Floats) -> GRUTape:
    return GRUTape(sums)


GRU = Kernel(FORM, _tape)
