"""What a cell tells the walks through time; each cell says it for its own tape, in its own file.

A tape is what a cell keeps of its steps for the way back: a named tuple of arrays, whose type says which cell it is.
The walks are compiled once for each type of tape.
"""

import inspect
from collections.abc import Callable
from typing import Any

from numba.extending import overload

from seqloom.kernels.layer import Floats, Form, Gradients, Rows
from seqloom.kernels.product import gate_products, of_any_height


def sums_of(
    tape: Any, out: Floats, panels: Floats, block: int, x: Floats, row: int, h: Floats, at: int, rows: int
) -> None:
    """The sums of a block of units, before any activation, for some sequences.

    Args:
        tape: of the cell.
        out: where to, [sequences, sums].
        panels: of `gate_panels`.
        block: which of them.
        x: inputs, [N, F]; from row `row`.
        row: see there.
        h: hidden vectors, [sequences, H]; from row `at`.
        at: see there.
        rows: how many.
    """
    raise NotImplementedError  # compiled code only


def advance(tape: Any, rows: Rows, out: Floats, line: int, vector: int, b: int, row: int, unit: int) -> Any:
    """The hidden units after a step: one vector of them, from unit `unit` on, of sequence `b`.

    Args:
        tape: of the cell; keeps what the way back needs, if it has room for it.
        rows: of the layer.
        out: the sums of the block.
        line: row of `out`.
        vector: number of `out` in which the first sum's vector begins.
        b: the sequence.
        row: its row at this step.
        unit: first of the hidden units.
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
        function: `advance` or `retreat`.
        tape: the cell's.
    """

    def register(code: Callable[..., Any]) -> Callable[..., Any]:
        def choose(*kinds: Any) -> Callable[..., Any] | None:
            return code if getattr(kinds[0], "instance_class", None) is tape else None

        choose.__signature__ = inspect.signature(code)  # type: ignore[attr-defined]  # numba wants both to agree
        overload(function, jit_options={"forceinline": True})(choose)
        return code

    return register


def multiply(tape: type, form: Form) -> None:
    """Say what `sums_of` does for a cell: a product in registers, of the form its gates have."""
    product = of_any_height(gate_products(form.from_input, form.from_hidden, form.units))

    @of(sums_of, tape)
    def code(
        tape: Any,
        out: Floats,
        panels: Floats,
        block: int,
        x: Floats,
        row: int,
        h: Floats,
        at: int,
        rows: int,
    ) -> None:
        product(rows, out, panels, block, x, row, x.shape[1], h, at, h.shape[1])
