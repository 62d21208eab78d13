"""A step of a few sequences, block by block of hidden units: the sums of a block, and at once what becomes of them.

So it is for all cells whose units need nothing from each other but the hidden vectors of the step before. The sums of a
block never leave the nearest cache.
"""

from typing import Any

from seqloom.kernels.cell import Panels, advance, of, retreat, retreat_rows, step_rows
from seqloom.kernels.compile import inlined
from seqloom.kernels.layer import Floats, Form, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import fetch, get, lanes_of, load, put, store
from seqloom.kernels.product import gate_product


@inlined
def leave(rows: Rows, tile: Tile, group: Group, r: int, unit: int, hidden: Any) -> None:
    """Put a vector of hidden units where the step leaves them."""
    put(rows.hidden, len(rows.final) + group.row + r, unit, hidden)
    put(tile.after, group.line + r, unit, hidden)


@inlined
def fetch_sums(tape: Any, group: Group, unit: int, count: int) -> None:
    """Ask for where a tape will keep the sums of a vector of units, so that it is there when they are known."""
    width = tape.sums.shape[1] // count
    for r in range(group.many):
        for column in range(unit, count * width, width):
            fetch(tape.sums, group.row + r, column)


def by_blocks(tape: type, form: Form, *, ahead: bool = False) -> None:
    """Say for a cell that has said `advance` and `retreat` what `step_rows` and `retreat_rows` do.

    Args:
        tape: the cell's.
        form: of its sums.
        ahead: whether to ask for the tape's place before the product: where much is kept for little that is
            multiplied, memory is waited for else.
    """
    product, units, count = gate_product(form), form.units, form.sums

    @of(step_rows, tape)
    def step(tape: Any, rows: Rows, panels: Panels, tile: Tile, group: Group) -> None:
        lanes, hidden = lanes_of(rows.hidden), rows.hidden.shape[1]
        for block in range(len(panels[0])):
            if ahead and len(tape.sums):
                fetch_sums(tape, group, block * units * lanes, count)
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
