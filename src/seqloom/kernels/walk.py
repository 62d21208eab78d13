"""Through time and back, a few sequences at a time.

A tile of sequences needs nothing from any other: it goes through all of its steps alone, while its state stays in the
nearest cache, and threads never wait for each other. Each sequence goes as far as it is long; nothing is padded.
"""

from typing import Any

import numpy as np

from seqloom.kernels.cell import advance, retreat, sums_of
from seqloom.kernels.compile import compiled, inlined
from seqloom.kernels.layer import Floats, Gradients, Rows
from seqloom.kernels.memory import get, lanes_of, load, put, store
from seqloom.kernels.panel import WIDE, vectors_for
from seqloom.kernels.product import FULL, HEIGHTS, height, of_any_height, panel_product

_wide, _slim = (of_any_height([panel_product(rows, vectors) for rows in HEIGHTS]) for vectors in (WIDE, 1))


@compiled
def forward(tape: Any, rows: Rows, panels: Floats, sums: int, units: int, first: int, last: int, reverse: bool) -> None:
    """Take sequences `first` to `last` from their first steps to their last, or back.

    Args:
        tape: of the cell, with the initial state; gets the final one.
        rows: of the layer; gets the hidden vectors.
        panels: of `gate_panels`.
        sums: sums of a unit.
        units: vectors of units of a block.
        first: the first sequence.
        last: the first one that is not of the tile.
        reverse: whether sequences are read from their ends.
    """
    steps, batch, hidden = len(rows.offsets) - 1, rows.final.shape[0], rows.hidden.shape[1]
    lanes = lanes_of(rows.hidden)
    now = np.zeros((last - first, hidden), rows.hidden.dtype)
    after = np.zeros((last - first, hidden), rows.hidden.dtype)
    out = np.empty((FULL, sums * units * lanes), rows.hidden.dtype)
    _enter(rows, now, first)
    after[:] = now
    for s in range(steps):
        t = steps - 1 - s if reverse else s
        begin = rows.offsets[t] + first
        alive = min(last - first, rows.offsets[t + 1] - begin)
        if alive <= 0:
            continue
        for block in range(len(panels)):
            line = 0
            while line < alive:
                many = height(alive - line)
                sums_of(tape, out, panels, block, rows.x, begin + line, now, line, many)
                for r in range(line, line + many):
                    for vector in range(units):
                        unit = (block * units + vector) * lanes
                        if unit < hidden:
                            row, b = begin + r, first + r
                            h = advance(tape, rows, out, r - line, vector * lanes, b, row, unit)
                            put(rows.hidden, batch + row, unit, h)
                            if len(rows.kept):
                                h = h * get(rows.kept, b, unit)
                            put(after, r, unit, h)
                line += many
        now, after = after, now
        _leave(rows, t, first, alive, reverse)


@inlined
def _enter(rows: Rows, now: Floats, first: int) -> None:
    """The hidden vectors of a tile before its first step, as the weights read them."""
    for r in range(len(now)):
        for unit in range(now.shape[1]):
            factor = rows.kept[first + r, unit] if len(rows.kept) else 1
            now[r, unit] = rows.hidden[first + r, unit] * factor


@inlined
def _leave(rows: Rows, t: int, first: int, alive: int, reverse: bool) -> None:
    """Keep the hidden vectors of the sequences of a tile for which step `t` was the last."""
    batch, going = rows.final.shape[0], 0
    if reverse:
        going = alive if t else 0
    elif t + 2 < len(rows.offsets):
        going = max(0, rows.offsets[t + 2] - rows.offsets[t + 1] - first)
    for r in range(going, alive):
        rows.final[first + r] = rows.hidden[batch + rows.offsets[t] + first + r]


@compiled
def backward(
    tape: Any,
    rows: Rows,
    gradients: Gradients,
    panels: tuple[Floats, Floats],
    reads: tuple[tuple[int, int], tuple[int, int]],
    first: int,
    last: int,
    reverse: bool,
) -> None:
    """Take the gradients of sequences `first` to `last` back through their steps.

    Args:
        tape: of the cell, as `forward` left it; its sums get their gradients.
        rows: of the layer.
        gradients: of the layer.
        panels: of `back_panels`, for recurrent and input weights.
        reads: for both, the first column of `tape.sums` they feed and how many.
        first: the first sequence.
        last: the first one that is not of the tile.
        reverse: whether sequences were read from their ends.
    """
    steps, hidden, lanes = len(rows.offsets) - 1, rows.hidden.shape[1], lanes_of(rows.hidden)
    out = np.empty((FULL, WIDE * lanes), rows.hidden.dtype)
    for s in range(steps):
        t = s if reverse else steps - 1 - s
        begin = rows.offsets[t] + first
        alive = min(last - first, rows.offsets[t + 1] - begin)
        for r in range(alive):
            for unit in range(0, hidden, lanes):
                change = get(gradients.output, begin + r, unit) + load(gradients.hidden, first + r, unit)
                direct = retreat(tape, rows, gradients, change, first + r, begin + r, unit)
                store(gradients.hidden, first + r, unit, direct)
        line = 0
        while line < alive:
            many = height(alive - line)
            row, b = begin + line, first + line
            _through(gradients.hidden, b, rows.kept, panels[0], tape.sums, row, reads[0], many, out)
            if len(gradients.x):
                _through(gradients.x, row, rows.kept[:0], panels[1], tape.sums, row, reads[1], many, out)
            line += many


@compiled
def _through(
    to: Floats,
    to_row: int,
    factors: Floats,
    panel: Floats,
    sums: Floats,
    row: int,
    read: tuple[int, int],
    many: int,
    out: Floats,
) -> None:
    """Add to rows of `to` the gradients of sums as they come through the weights of a panel, times factors if any."""
    columns, lanes = to.shape[1], lanes_of(to)
    at = column = 0
    while column < columns:
        vectors = vectors_for(columns - column, lanes)
        step = vectors * lanes
        if vectors == WIDE:
            _wide(many, out, panel, at, step, sums, row, read[0], read[1])
        else:
            _slim(many, out, panel, at, step, sums, row, read[0], read[1])
        for r in range(many):
            for vector in range(vectors):
                unit = column + vector * lanes
                if unit < columns:
                    change = load(out, r, vector * lanes)
                    if len(factors):
                        change = change * get(factors, to_row + r, unit)
                    put(to, to_row + r, unit, get(to, to_row + r, unit) + change)
        at += step * read[1]
        column += step
