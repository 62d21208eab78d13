"""One step of many streams: each has its row in a slab of states, which is read and written in place."""

from typing import Any

import numpy as np
from numba.extending import overload

from seqloom.kernels.cell import Panels, step_rows
from seqloom.kernels.compile import compiled, entry
from seqloom.kernels.kernel import Kernel, State, parts_of
from seqloom.kernels.layer import Floats, Group, Places, Rows, Tile, Weights
from seqloom.kernels.memory import copy_row, fetch_row
from seqloom.kernels.panel import forward_panels
from seqloom.kernels.product import FULL, height
from seqloom.kernels.room import aligned
from seqloom.kernels.run import WORKERS, tape_of
from seqloom.kernels.workers import Span, tiles

TILE = 96
"""Streams a thread takes at a time."""

AHEAD = 6
"""Streams whose states are asked for while those before them are computed: memory answers late."""


def fetch_further(tape: Any, place: Any) -> Any:
    """Ask for the further state of a stream, if its cell has one."""
    raise NotImplementedError  # compiled code only


@overload(fetch_further, jit_options={"forceinline": True})
def _fetch_further(tape: Any, place: Any) -> Any:
    def code(tape: Any, place: Any) -> Any:
        fetch_row(tape.memory, place)

    def nothing(tape: Any, place: Any) -> Any:
        pass

    return code if "memory" in tape.fields else nothing


@compiled
def advance_streams(
    tape: Any,
    slab: Floats,
    panels: Panels,
    columns: Span,
    x: Floats,
    places: Places,
    out: Floats,
    first: int,
    last: int,
) -> None:
    """Take some streams one step further.

    Args:
        tape: of the cell, with no room to keep anything; its further state is a slab too, [S, parts width].
        slab: hidden vectors of all streams, [S, H].
        panels: of `forward_panels`.
        columns: see `Kernel.columns`.
        x: a reading of each stream that has one, [K, F].
        places: their rows in the slabs, [K].
        out: gets their hidden vectors, [K, H].
        first: the first reading.
        last: the first one that is not asked for.
    """
    rows = Rows(x, out, slab[:0], places[:0], places[:0], places, slab[:0])
    hidden, sums = np.empty((2 * FULL, slab.shape[1]), slab.dtype), np.empty((FULL, columns[0]), slab.dtype)
    made = np.empty((2 * FULL, columns[1]), slab.dtype) if columns[1] else sums[:0]
    before, after = hidden[:FULL], hidden[FULL:]
    tile, row = Tile(sums, before, before, after, made), first
    while row < last:
        many = height(last - row)
        for r in range(row + many, min(last, row + many + AHEAD)):
            fetch_row(slab, places[r])
            fetch_further(tape, places[r])
        for r in range(many):
            copy_row(before, r, slab, places[row + r])
        step_rows(tape, rows, panels, tile, Group(row, row, 0, many))
        for r in range(many):
            copy_row(slab, places[row + r], after, r)
        row += many


@compiled
def misplaced(places: Places, taken: Any) -> int:
    """The first of some places that is outside, or that was named before; -1: none is.

    Args:
        places: [K].
        taken: room for a mark on each place there is, all False, [S]; as before in the end.
    """
    wrong = -1
    for k in range(len(places)):
        if places[k] < 0 or places[k] >= len(taken) or taken[places[k]]:
            wrong = k
            break
        taken[places[k]] = True
    for k in range(wrong if wrong >= 0 else len(places)):
        taken[places[k]] = False
    return wrong


class Slabs:
    """A layer of a cell and the states of its streams.

    Args:
        kernel: the cell.
        weights: of the layer.
        streams: how many there are, `S`; their states are zeros.
    """

    def __init__(self, kernel: Kernel, weights: Weights, streams: int) -> None:
        hidden, dtype = weights.recurrent.shape[1], weights.recurrent.dtype
        self.kernel = kernel
        self.hidden = aligned((streams, hidden), dtype)
        self.hidden[...] = 0
        self.tape = tape_of(kernel, weights, (self.hidden,) * kernel.parts, streams if kernel.parts else 0, 0)
        self._layer = (self.tape, self.hidden, forward_panels(weights, kernel.form), kernel.columns(hidden, dtype))
        nothing = np.empty((0, weights.input.shape[1]), dtype), np.empty(0, np.int64), self.hidden[:0]
        self._advance = entry(advance_streams, *self._layer, *nothing, 0, 0)

    @property
    def state(self) -> State:
        """The states as they lie in memory, [S, H] each."""
        parts = parts_of(self.tape.memory, self.kernel.parts, self.hidden.shape[1]) if self.kernel.parts else ()
        return self.hidden, *parts

    def step(self, x: Floats, places: Places, threads: int = 1) -> Floats:
        """Take some streams one step further; those at other places stay as they are.

        Args:
            x: a reading of each, [K, F], of the weights' type, rows one after the other in memory.
            places: where their states are, all different, [K], one after the other in memory.
            threads: threads to use at most.

        Returns:
            Their hidden vectors, [K, H].
        """
        out = np.empty((len(x), self.hidden.shape[1]), self.hidden.dtype)
        if threads == 1 or len(x) <= TILE:
            self._advance(*self._layer, x, places, out, 0, len(x))
        else:
            spans = tiles(len(x), threads, TILE)
            WORKERS.share(lambda first, last: self._advance(*self._layer, x, places, out, first, last), spans, threads)
        return out
