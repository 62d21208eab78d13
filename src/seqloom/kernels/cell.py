"""What a cell tells the walks through time; each cell says it for its own tape, in its own file.

A tape is what a cell keeps of its steps for the way back: a named tuple of arrays, whose type says which cell it is.
The walks are compiled once for each type of tape.

Most cells say what becomes of one vector of hidden units, `advance` and `retreat`, and leave the rest to `blocks`. A
cell that has to see all units of a row before it can go on says `step_rows` and `retreat_rows` itself.
"""

import inspect
from collections.abc import Callable
from typing import Any

from numba.extending import overload

from seqloom.kernels.compile import INLINED
from seqloom.kernels.layer import Floats, Gradients, Group, Rows, Tile

Panels = tuple[Floats, ...]


def step_rows(tape: Any, rows: Rows, panels: Panels, tile: Tile, group: Group) -> None:
    """Take a few sequences a step further: leaves their hidden vectors in `rows.hidden` and `tile.after`.

    Args:
        tape: of the cell; keeps what the way back needs, if it has room for it.
        rows: of the layer.
        panels: of `gate_panels`, and of `back_panels` for what `Form.from_made` feeds.
        tile: of the sequences.
        group: which of them.
    """
    raise NotImplementedError  # compiled code only


def advance(tape: Any, rows: Rows, tile: Tile, group: Group, r: int, column: int, unit: int) -> Any:
    """The hidden units after a step: one vector of them.

    Args:
        tape: of the cell; keeps what the way back needs, if it has room for it.
        rows: of the layer.
        tile: of the sequence, with the sums of these units.
        group: of the sequence.
        r: which of the group it is.
        column: of `tile.sums` where the first sum of these units lies.
        unit: first of the hidden units.
    """
    raise NotImplementedError  # compiled code only


def retreat_rows(tape: Any, rows: Rows, gradients: Gradients, panels: Panels, out: Floats, group: Group) -> None:
    """Back through what `step_rows` did, but for the product: leaves the gradients of the sums in `tape.sums`.

    `gradients.hidden` comes as it is for the hidden vectors after the step, without the outputs' share, and goes as it
    is for those before, as far as it does not pass the recurrent weights of `Form.from_hidden`.

    Args:
        tape: of the cell.
        rows: of the layer.
        gradients: of the layer.
        panels: of `back_panels`: for the weights of `Form.from_hidden`, of `from_input` and of `from_made`.
        out: room for a product, [rows, columns].
        group: the sequences; all that a tile has at this step.
    """
    raise NotImplementedError  # compiled code only


def retreat(tape: Any, rows: Rows, gradients: Gradients, change: Any, b: int, row: int, unit: int) -> Any:
    """Back through what `advance` did: leaves the gradients of the sums in `tape.sums`.

    Args:
        tape: of the cell.
        rows: of the layer.
        gradients: of the layer.
        change: gradient of the vector of hidden units after the step.
        b: the sequence.
        row: its row at this step.
        unit: first of the hidden units.

    Returns:
        The gradient of the hidden units before the step, as far as it does not pass the recurrent weights.
    """
    raise NotImplementedError  # compiled code only


def of(function: Callable[..., Any], tape: type) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Say what one of the functions above does for a cell, told by the type of its tape.

    Args:
        function: `advance`, say.
        tape: the cell's.
    """

    def register(code: Callable[..., Any]) -> Callable[..., Any]:
        def choose(*kinds: Any) -> Callable[..., Any] | None:
            return code if getattr(kinds[0], "instance_class", None) is tape else None

        choose.__signature__ = inspect.signature(code)  # type: ignore[attr-defined]  # numba wants both to agree
        overload(function, jit_options=INLINED)(choose)
        return code

    return register
