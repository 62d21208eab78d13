"""A cell as the compiled engine takes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from seqloom.kernels.layer import Floats, Form
from seqloom.kernels.room import aligned
from seqloom.kernels.vector import VECTOR_BYTES

WIDE = 4
"""Vectors of a panel of weights that are not gates; where fewer than three are left, one at a time."""

State = tuple[Floats, ...]
"""Hidden vectors, and the parts of a cell's further state, [B, H] each."""


@dataclass(frozen=True)
class Kernel:
    """A cell that is compiled.

    Args:
        form: which of its weights feed which of its sums.
        tape: makes its tape from room for its sums, [N, sums width], its further state, [B, parts width], and its
            weights of units, [P, width].
        parts: how many vectors its state has beside the hidden one.
        whole: whether a row's step needs the sums of all units before it can go on; before them there is then room
            for another product.
    """

    form: Form
    tape: Callable[[Floats, Floats, Floats], Any]
    parts: int = 0
    whole: bool = False

    def columns(self, hidden: int, dtype: np.dtype[Any]) -> tuple[int, int]:
        """Room that a row needs on the way forward: for its sums, and for what the cell makes of hidden vectors."""
        span, width = self.form.units * lanes_for(dtype), width_for(hidden, dtype)
        if not self.whole:
            return self.form.sums * span, 0
        return WIDE * lanes_for(dtype) + self.form.sums * -(-hidden // span) * span, width


def lanes_for(dtype: np.dtype[Any]) -> int:
    """Numbers of a type in a vector."""
    return VECTOR_BYTES // dtype.itemsize


def width_for(hidden: int, dtype: np.dtype[Any]) -> int:
    """Columns of so many units in whole vectors."""
    lanes = lanes_for(dtype)
    return -(-hidden // lanes) * lanes


def side_by_side(parts: Sequence[Floats], rows: int, width: int, dtype: np.dtype[Any]) -> Floats:
    """A copy of some matrices, each with columns of zeros up to a width, [rows, parts width]."""
    wide = aligned((rows, len(parts) * width), dtype)
    wide[...] = 0
    for place, part in enumerate(parts):
        wide[:, place * width : place * width + part.shape[1]] = part
    return wide


def parts_of(wide: Floats, count: int, hidden: int) -> State:
    """The matrices that `side_by_side` has put together, [rows, H] each."""
    width = wide.shape[1] // max(1, count)
    return tuple(wide[:, place * width : place * width + hidden] for place in range(count))
