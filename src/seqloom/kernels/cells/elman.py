"""Compiled Elman network: its equation, one vector of hidden units at a time.

h' = φ(W x + b + U h + c)
"""

from typing import Any, NamedTuple

from seqloom.kernels.activation import Activation, apply, slope
from seqloom.kernels.blocks import by_blocks
from seqloom.kernels.cell import advance, of, retreat
from seqloom.kernels.kernel import Kernel
from seqloom.kernels.layer import Floats, Form, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import get, load, splat, store

FORM = Form(from_input=(0,), from_hidden=(0,), units=2)


class ElmanTape(NamedTuple):
    """What an Elman network keeps: nothing on the way forward, its hidden vectors say it all.

    Args:
        sums: later the gradients of the sums, [N, width]; no rows: nothing.
        activation: φ.
    """

    sums: Floats
    activation: Activation


@of(advance, ElmanTape)
def _advance(tape: ElmanTape, rows: Rows, tile: Tile, group: Group, r: int, column: int, unit: int) -> Any:
    return apply(tape.activation, load(tile.sums, r, column))


@of(retreat, ElmanTape)
def _retreat(tape: ElmanTape, rows: Rows, gradients: Gradients, change: Any, b: int, row: int, unit: int) -> Any:
    after = get(rows.hidden, len(rows.final) + row, unit)
    store(tape.sums, row, unit, change * slope(tape.activation, after))
    return splat(tape.sums, 0.0)


by_blocks(ElmanTape, FORM)


def elman(activation: Activation) -> Kernel:
    """The Elman network with a certain activation."""

    def tape(sums: Floats, memory: Floats, unit: Floats) -> ElmanTape:
        return ElmanTape(sums, activation)

    return Kernel(FORM, tape)
