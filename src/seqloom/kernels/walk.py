"""Through time and back, a few sequences at a time.

A tile of sequences needs nothing from any other: it goes through all of its steps alone, while its state stays in the
nearest cache, and threads never wait for each other. Each sequence goes as far as it is long; nothing is padded.
"""

from typing import Any

import numpy as np

from seqloom.kernels.cell import Panels, retreat_rows, step_rows
from seqloom.kernels.compile import compiled, inlined
from seqloom.kernels.kernel import WIDE
from seqloom.kernels.layer import Floats, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import copy_row, get, lanes_of, put
from seqloom.kernels.product import FULL, height
from seqloom.kernels.through import through
from seqloom.kernels.workers import Span


@compiled
def forward(tape: Any, rows: Rows, panels: Panels, columns: Span, first: int, last: int, reverse: bool) -> None:
    """Take sequences `first` to `last` from their first steps to their last, or back.

    Args:
        tape: of the cell, with the initial state; gets the final one.
        rows: of the layer; gets the hidden vectors.
        panels: see `step_rows`.
        columns: see `Kernel.columns`.
        first: the first sequence.
        last: the first one that is not of the tile.
        reverse: whether sequences are read from their ends.
    """
    steps, dtype = len(rows.offsets) - 1, rows.hidden.dtype
    sums, made = np.empty((FULL, columns[0]), dtype), np.empty((2 * FULL, columns[1]), dtype)
    before, after, masked = _states(rows, first, last)
    for s in range(steps):
        t = steps - 1 - s if reverse else s
        begin = rows.offsets[t] + first
        alive = min(last - first, rows.offsets[t + 1] - begin)
        if alive <= 0:
            continue
        read = before
        if len(rows.kept):
            read = masked
            for r in range(alive):
                for unit in range(0, masked.shape[1], lanes_of(masked)):
                    put(masked, r, unit, get(before, r, unit) * get(rows.kept, first + r, unit))
        tile, line = Tile(sums, before, read, after, made), 0
        while line < alive:
            many = height(alive - line)
            step_rows(tape, rows, panels, tile, Group(first + line, begin + line, line, many))
            line += many
        before, after = after, before
        _leave(rows, t, first, alive, reverse)


@inlined
def _states(rows: Rows, first: int, last: int) -> tuple[Floats, Floats, Floats]:
    """Hidden vectors of the sequences of a tile before a step, room for those after it and for what weights read.

    Read backwards, some sequences begin later: until then a step leaves their initial state where it is.
    """
    shape, dtype = (last - first, rows.hidden.shape[1]), rows.hidden.dtype
    before, after = np.empty(shape, dtype), np.empty(shape, dtype)
    for r in range(last - first):
        copy_row(before, r, rows.hidden, first + r)
        copy_row(after, r, rows.hidden, first + r)
    return before, after, np.empty((shape[0] if len(rows.kept) else 0, shape[1]), dtype)


@inlined
def _leave(rows: Rows, t: int, first: int, alive: int, reverse: bool) -> None:
    """Keep the hidden vectors of the sequences of a tile for which step `t` was the last."""
    batch, going = rows.final.shape[0], 0
    if reverse:
        going = alive if t else 0
    elif t + 2 < len(rows.offsets):
        going = max(0, rows.offsets[t + 2] - rows.offsets[t + 1] - first)
    for r in range(going, alive):
        copy_row(rows.final, first + r, rows.hidden, batch + rows.offsets[t] + first + r)


@compiled
def backward(
    tape: Any,
    rows: Rows,
    gradients: Gradients,
    panels: Panels,
    reads: tuple[Span, Span],
    first: int,
    last: int,
    reverse: bool,
) -> None:
    """Take the gradients of sequences `first` to `last` back through their steps.

    Args:
        tape: of the cell, as `forward` left it; its sums get their gradients.
        rows: of the layer.
        gradients: of the layer.
        panels: see `retreat_rows`.
        reads: for recurrent and input weights the first column of `tape.sums` they feed and how many.
        first: the first sequence.
        last: the first one that is not of the tile.
        reverse: whether sequences were read from their ends.
    """
    steps = len(rows.offsets) - 1
    out = np.empty((FULL, WIDE * lanes_of(rows.hidden)), rows.hidden.dtype)
    for s in range(steps):
        t = s if reverse else steps - 1 - s
        begin = rows.offsets[t] + first
        alive = min(last - first, rows.offsets[t + 1] - begin)
        if alive <= 0:
            continue
        retreat_rows(tape, rows, gradients, panels, out, Group(first, begin, 0, alive))
        if reads[0][1]:
            through(gradients.hidden, first, rows.kept, panels[0], tape.sums, begin, reads[0], alive, out)
        if len(gradients.x):
            through(gradients.x, begin, rows.kept[:0], panels[1], tape.sums, begin, reads[1], alive, out)
