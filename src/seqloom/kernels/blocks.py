"""A step of a few sequences, block by block of hidden units: the sums of a block, and at once what becomes of them.

So it is for all cells whose units need nothing from each other but the hidden vectors of the step before. The sums of a
block never leave the nearest cache.
"""

from typing import Any

from seqloom.kernels.cell import Panels, advance, of, retreat, retreat_rows, step_rows
from seqloom.kernels.compile import inlined
from seqloom.kernels.layer import Floats, Form, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import get, lanes_of, load, put, store
from seqloom.kernels.product import gate_product


@inlined
def leave(rows: Rows, tile: Tile, group: Group, r: int, unit: int, hidden: Any) -> None:
    """Put a vector of hidden units where the step leaves them."""
    put(rows.hidden, len(rows.final) + group.row + r, unit, hidden)
    put(tile.after, group.line + r, unit, hidden)


def by_blocks(tape: type, form: Form) -> None:
    """Say for a cell that has said `advance` and `retreat` what `step_rows` and `retreat_rows` do.

    Args:
        tape: the cell's.
        form: of its sums.
    """
    product, units = gate_product(form), form.units

    @of(step_rows, tape)
    def step(tape: Any, rows: Rows, panels: Panels, tile: Tile, group: Group) -> None:
        lanes, hidden = lanes_of(rows.hidden), rows.hidden.shape[1]
        for block in range(len(panels[0])):
            product(group.many, tile.sums, 0, panels[0], block, rows.x, group.row, tile.read, group.line)
            for r in range(group.many):
                for vector in range(units):
                    unit = (block * units + vector) * lanes
                    if unit < hidden:
                        leave(rows, tile, group, r, unit, advance(tape, rows, tile, group, r, vector * lanes, unit))

    @of(retreat_rows, tape)
    def back(tape: Any, rows: Rows, gradients: Gradients, panels: Panels, out: Floats, group: Group) -> None:
        for r in range(group.many):
            b, row = group.b + r, group.row + r
            for unit in range(0, rows.hidden.shape[1], lanes_of(rows.hidden)):
                change = get(gradients.output, row, unit) + load(gradients.hidden, b, unit)
                store(gradients.hidden, b, unit, retreat(tape, rows, gradients, change, b, row, unit))
