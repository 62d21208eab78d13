"""Compiled linear recurrence of complex numbers: its equation, one vector of hidden units at a time.

h' = λ h + W x + b, with the real and the imaginary part of each number side by side. In real numbers, with `own` the
real parts of λ, twice each, and `other` its imaginary parts, with either sign: h' = own h + other (h with neighbours
changed for each other) + W x + b.
"""

from typing import Any, NamedTuple

from seqloom.kernels.blocks import by_blocks
from seqloom.kernels.cell import advance, of, retreat
from seqloom.kernels.kernel import Kernel
from seqloom.kernels.layer import Floats, Form, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import add, get, load, store
from seqloom.kernels.vector import fma, swap

FORM = Form(from_input=(0,), from_hidden=(), units=4)


class LRUTape(NamedTuple):
    """What a linear recurrence keeps: nothing on the way forward, its hidden vectors say it all.

    Args:
        sums: later the gradients of the sums, [N, width]; no rows: nothing.
        unit: `own` and `other`, [2, width].
    """

    sums: Floats
    unit: Floats


@of(advance, LRUTape)
def _advance(tape: LRUTape, rows: Rows, tile: Tile, group: Group, r: int, column: int, unit: int) -> Any:
    before = get(tile.before, group.line + r, unit)
    kept = fma(load(tape.unit, 0, unit), before, load(tile.sums, r, column))
    return fma(load(tape.unit, 1, unit), swap(before), kept)


@of(retreat, LRUTape)
def _retreat(tape: LRUTape, rows: Rows, gradients: Gradients, change: Any, b: int, row: int, unit: int) -> Any:
    width, before = tape.unit.shape[1], get(rows.hidden, rows.before[row], unit)
    store(tape.sums, row, unit, change)
    add(gradients.unit, b, unit, change * before)
    add(gradients.unit, b, width + unit, change * swap(before))
    return fma(load(tape.unit, 0, unit), change, swap(load(tape.unit, 1, unit) * change))


by_blocks(LRUTape, FORM)


def _tape(sums: Floats, memory: Floats, unit: Floats) -> LRUTape:
    return LRUTape(sums, unit)


LRU = Kernel(FORM, _tape)
