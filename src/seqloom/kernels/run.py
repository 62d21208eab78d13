"""A layer of a cell over packed rows, on arrays."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from seqloom.kernels.kernel import Kernel, State, parts_of, side_by_side, width_for
from seqloom.kernels.layer import Floats, Form, Places, Rows, Weights, starts
from seqloom.kernels.panel import forward_panels
from seqloom.kernels.room import ROOM
from seqloom.kernels.walk import forward
from seqloom.kernels.workers import Workers, tiles

TILE = 24
"""Sequences of a tile at most: weights that do not fit the nearest cache are read once for all of them."""

ALONE = 2e7
"""Operations below which a second thread costs more than it saves."""

WORKERS = Workers()


@dataclass(frozen=True)
class Pass:
    """A layer that has been run.

    Args:
        kernel: its cell.
        weights: its weights.
        rows: what it read and wrote.
        tape: what its cell kept.
        reverse: whether it read sequences from their ends.
    """

    kernel: Kernel
    weights: Weights
    rows: Rows
    tape: Any
    reverse: bool

    @property
    def outputs(self) -> Floats:
        """Hidden vectors after each row's step, [N, H]."""
        return self.rows.hidden[len(self.rows.final) :]

    @property
    def state(self) -> State:
        """The state after each sequence's own last step, [B, H] each."""
        parts = parts_of(self.tape.memory, self.kernel.parts, self.rows.hidden.shape[1]) if self.kernel.parts else ()
        return self.rows.final, *parts


def run(
    kernel: Kernel,
    weights: Weights,
    x: Floats,
    state: State,
    sizes: Places,
    *,
    reverse: bool = False,
    kept: Floats | None = None,
    keep: bool = True,
    threads: int = 1,
) -> Pass:
    """Run a layer over all steps of all sequences.

    Args:
        kernel: the cell.
        weights: of the layer.
        x: packed inputs, [N, F].
        state: before the first step, [B, H] each.
        sizes: sequences alive at each step, [T].
        reverse: whether sequences are read from their ends.
        kept: factors on hidden vectors where the weights read them, [B, H].
        keep: whether there will be a way back.
        threads: threads to use at most.
    """
    dtype, (batch, hidden) = x.dtype, state[0].shape
    offsets, before = starts(sizes, reverse)
    rows = Rows(
        x,
        ROOM.take((batch + len(x), hidden), dtype),
        state[0].copy(),
        offsets,
        before,
        np.arange(batch),
        np.empty((0, hidden), dtype) if kept is None else kept,
    )
    rows.hidden[:batch] = state[0]
    tape = tape_of(kernel, weights, state[1:], batch, len(x) if keep else 0)
    panels = forward_panels(weights, kernel.form)
    threads = threads_for(rows, kernel.form, threads)
    columns = kernel.columns(hidden, dtype)
    WORKERS.share(
        lambda first, last: forward(tape, rows, panels, columns, first, last, reverse),
        tiles(batch, threads, TILE),
        threads,
    )
    return Pass(kernel, weights, rows, tape, reverse)


def tape_of(kernel: Kernel, weights: Weights, memory: State, batch: int, rows: int) -> Any:
    """The tape of a cell.

    Args:
        kernel: the cell.
        weights: of the layer.
        memory: parts of its further state, [B, H] each.
        batch: `B`.
        rows: that it keeps for the way back.
    """
    dtype = weights.input.dtype
    width = width_for(weights.recurrent.shape[1], dtype)
    return kernel.tape(
        ROOM.take((rows, kernel.form.sums * width), dtype),
        side_by_side(memory, batch, width, dtype),
        side_by_side([weights.unit], len(weights.unit), width, dtype),
    )


def threads_for(rows: Rows, form: Form, threads: int) -> int:
    """One thread where there is little to do."""
    (features, hidden), gates = (rows.x.shape[1], rows.hidden.shape[1]), len(form.from_input)
    return threads if 2.0 * len(rows.x) * gates * hidden * (features + hidden) > ALONE else 1
