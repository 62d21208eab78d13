"""Rows through a matrix of weights, and added to other rows."""

from typing import Any

from seqloom.kernels.compile import compiled, inlined
from seqloom.kernels.kernel import WIDE
from seqloom.kernels.layer import Floats
from seqloom.kernels.memory import get, lanes_of, load, put
from seqloom.kernels.panel import vectors_for
from seqloom.kernels.product import height, panel_product
from seqloom.kernels.workers import Span

_wide, _slim = panel_product(WIDE), panel_product(1)


@compiled
def through(
    to: Floats,
    to_row: int,
    factors: Floats,
    panel: Floats,
    rows: Floats,
    row: int,
    read: Span,
    many: int,
    out: Floats,
) -> None:
    """Add to some rows others times weights, and times factors if there are any.

    Args:
        to: where to add, [rows, columns].
        to_row: from this row on.
        factors: of the same shape as `to`; no rows at all: ones.
        panel: of `back_panels`.
        rows: what is multiplied.
        row: from this row on.
        read: first column that is, and how many.
        many: how many rows.
        out: room for a product, [rows, columns of the widest panel].
    """
    columns, lanes = to.shape[1], lanes_of(to)
    line = 0
    while line < many:
        high = height(many - line)
        at = column = 0
        while column < columns:
            vectors = vectors_for(columns - column, lanes)
            step = vectors * lanes
            if vectors == WIDE:
                _wide(high, out, panel, at, step, rows, row + line, read[0], read[1])
            else:
                _slim(high, out, panel, at, step, rows, row + line, read[0], read[1])
            for r in range(high):
                for vector in range(vectors):
                    if column + vector * lanes < columns:
                        _add(to, to_row + line + r, column + vector * lanes, factors, load(out, r, vector * lanes))
            at += step * read[1]
            column += step
        line += high


@inlined
def _add(to: Floats, row: int, unit: int, factors: Floats, change: Any) -> None:
    """Add a vector of a product where it belongs."""
    if len(factors):
        change = change * get(factors, row, unit)
    put(to, row, unit, get(to, row, unit) + change)
