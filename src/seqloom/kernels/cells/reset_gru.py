"""Compiled GRU, reset before the product: its equations, a row at a time.

r, z = sigmoid(W x + b + U h + c)      n = tanh(W x + b + U (r h) + c)      h' = (1 - z) n + z h

The candidate's product reads the reset gates of all units, so that a step has two products, one after the other.
"""

from typing import NamedTuple

from seqloom.kernels.activation import sigmoid, tanh
from seqloom.kernels.blocks import leave
from seqloom.kernels.cell import Panels, of, retreat_rows, step_rows
from seqloom.kernels.kernel import WIDE, Kernel
from seqloom.kernels.layer import Floats, Form, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import get, lanes_of, load, splat, store
from seqloom.kernels.product import FULL, gate_product
from seqloom.kernels.room import ROOM
from seqloom.kernels.through import through
from seqloom.kernels.vector import fma

FORM = Form(from_input=(1, 2, 0), from_hidden=(1, 2), units=1, from_made=0)
"""Sums: the candidate's, r, z."""


class ResetGRUTape(NamedTuple):
    """What a GRU with the reset before the product keeps.

    Args:
        sums: n, r, z of each row, and later the gradients of their sums, [N, 3 width]; no rows: nothing.
        made: r h of each row, and later its gradient, [N, width].
    """

    sums: Floats
    made: Floats


_product = gate_product(FORM)


@of(step_rows, ResetGRUTape)
def _step(tape: ResetGRUTape, rows: Rows, panels: Panels, tile: Tile, group: Group) -> None:
    lanes, hidden, width = lanes_of(rows.hidden), rows.hidden.shape[1], tile.made.shape[1]
    for block in range(len(panels[0])):
        column, unit = (WIDE + 3 * block) * lanes, block * lanes
        _product(group.many, tile.sums, column, panels[0], block, rows.x, group.row, tile.read, group.line)
        for r in range(group.many):
            reset = sigmoid(load(tile.sums, r, column + lanes))
            store(tile.sums, r, column + lanes, reset)
            store(tile.made, r, unit, reset * get(tile.read, group.line + r, unit))
            store(tile.made, FULL + r, unit, load(tile.sums, r, column))
    through(tile.made, FULL, rows.kept[:0], panels[1], tile.made, 0, (0, width), group.many, tile.sums)
    for r in range(group.many):
        row = group.row + r
        for unit in range(0, hidden, lanes):
            column = WIDE * lanes + 3 * unit
            z = sigmoid(load(tile.sums, r, column + 2 * lanes))
            n = tanh(load(tile.made, FULL + r, unit))
            if len(tape.sums):
                store(tape.sums, row, unit, n)
                store(tape.sums, row, width + unit, load(tile.sums, r, column + lanes))
                store(tape.sums, row, 2 * width + unit, z)
                store(tape.made, row, unit, load(tile.made, r, unit))
            leave(rows, tile, group, r, unit, fma(z, get(tile.before, group.line + r, unit) - n, n))


@of(retreat_rows, ResetGRUTape)
def _back(tape: ResetGRUTape, rows: Rows, gradients: Gradients, panels: Panels, out: Floats, group: Group) -> None:
    lanes, hidden, width = lanes_of(rows.hidden), rows.hidden.shape[1], tape.made.shape[1]
    for r in range(group.many):
        b, row = group.b + r, group.row + r
        for unit in range(0, hidden, lanes):
            change = get(gradients.output, row, unit) + load(gradients.hidden, b, unit)
            n = load(tape.sums, row, unit)
            z = load(tape.sums, row, 2 * width + unit)
            before = get(rows.hidden, rows.before[row], unit)
            store(tape.sums, row, unit, change * (1.0 - z) * (1.0 - n * n))
            store(tape.sums, row, 2 * width + unit, change * (before - n) * z * (1.0 - z))
            store(gradients.hidden, b, unit, change * z)
            store(gradients.made, b, unit, splat(tape.sums, 0.0))
    through(gradients.made, group.b, rows.kept[:0], panels[2], tape.sums, group.row, (0, width), group.many, out)
    for r in range(group.many):
        b, row = group.b + r, group.row + r
        for unit in range(0, hidden, lanes):
            reset, read = load(tape.sums, row, width + unit), get(rows.hidden, rows.before[row], unit)
            change = load(gradients.made, b, unit)
            shown = change * reset
            if len(rows.kept):
                factor = get(rows.kept, b, unit)
                read, shown = read * factor, shown * factor
            store(tape.sums, row, width + unit, change * read * reset * (1.0 - reset))
            store(gradients.hidden, b, unit, load(gradients.hidden, b, unit) + shown)


def _tape(sums: Floats, memory: Floats, unit: Floats) -> ResetGRUTape:
    return ResetGRUTape(sums, ROOM.take((len(sums), sums.shape[1] // 3), sums.dtype))


RESET_GRU = Kernel(FORM, _tape, whole=True)
