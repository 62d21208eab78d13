"""A layer of a cell over packed rows, there and back, on arrays."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from seqloom.kernels.gradient import weight_gradients
from seqloom.kernels.layer import Floats, Form, Gradients, Places, Rows, Weights, starts
from seqloom.kernels.panel import WIDE, back_panels, gate_panels
from seqloom.kernels.room import ROOM
from seqloom.kernels.vector import VECTOR_BYTES
from seqloom.kernels.walk import backward, forward
from seqloom.kernels.workers import Span, Workers, columns, tiles

TILE = 24
"""Sequences of a tile at most: weights that do not fit the nearest cache are read once for all of them."""

ALONE = 4e6
"""Operations below which a second thread costs more than it saves."""

WORKERS = Workers()


@dataclass(frozen=True)
class Kernel:
    """A cell that is compiled.

    Args:
        form: which of its weights feed which of its sums.
        tape: makes its tape from room for its sums, [N, sums width], and its further state, [B, width].
        memory: whether it has a state beside its hidden vector.
    """

    form: Form
    tape: Callable[[Floats, Floats], Any]
    memory: bool = False


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
    def memory(self) -> Floats:
        """The cell's further state after each sequence's own last step, [B, H]."""
        final: Floats = self.tape.memory[:, : self.rows.hidden.shape[1]]
        return final


@dataclass(frozen=True)
class Changes:
    """Gradients of all that a layer read.

    Args:
        weights: shapes as the weights.
        hidden: of the initial hidden vectors, [B, H].
        memory: of the initial further state, [B, H].
        x: of the inputs, [N, F]; None where nobody asked.
    """

    weights: Weights
    hidden: Floats
    memory: Floats
    x: Floats | None


def lanes_for(dtype: np.dtype[Any]) -> int:
    """Numbers of a type in a vector."""
    return VECTOR_BYTES // dtype.itemsize


def run(
    kernel: Kernel,
    weights: Weights,
    x: Floats,
    state: tuple[Floats, Floats | None],
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
        state: hidden vectors before the first step, and the cell's further state if it has one, [B, H] each.
        sizes: sequences alive at each step, [T].
        reverse: whether sequences are read from their ends.
        kept: factors on hidden vectors where the weights read them, [B, H].
        keep: whether `run_back` will be called.
        threads: threads to use at most.
    """
    dtype, lanes = x.dtype, lanes_for(x.dtype)
    batch, hidden = state[0].shape
    width = -(-hidden // lanes) * lanes
    offsets, before = starts(sizes, reverse)
    rows = Rows(
        x,
        np.empty((batch + len(x), hidden), dtype),
        state[0].copy(),
        offsets,
        before,
        _widened(kept, width) if kept is not None else np.empty((0, width), dtype),
    )
    rows.hidden[:batch] = state[0]
    sums = ROOM.take((len(x) if keep else 0, kernel.form.sums * width), dtype)
    tape = kernel.tape(sums, _widened(state[1], width) if state[1] is not None else np.empty((0, width), dtype))
    panels = gate_panels(weights, kernel.form, lanes)
    threads = _threads(rows, kernel.form, threads)
    WORKERS.share(
        lambda first, last: forward(tape, rows, panels, kernel.form.sums, kernel.form.units, first, last, reverse),
        tiles(batch, threads, TILE),
        threads,
    )
    return Pass(kernel, weights, rows, tape, reverse)


def run_back(
    passed: Pass,
    outputs: Floats,
    state: tuple[Floats, Floats | None],
    *,
    needs_x: bool = True,
    threads: int = 1,
) -> Changes:
    """Gradients of all that a layer read; what its tape kept is used up.

    Args:
        passed: the layer's run.
        outputs: gradients of the outputs, [N, H].
        state: gradients of the final hidden vectors and of the further state, if there is one, [B, H] each.
        needs_x: whether gradients of the inputs are asked for.
        threads: threads to use at most.
    """
    rows, tape, form, dtype = passed.rows, passed.tape, passed.kernel.form, passed.rows.x.dtype
    width = tape.sums.shape[1] // form.sums
    gradients = Gradients(
        outputs,
        _widened(state[0], width),
        _widened(state[1], width) if state[1] is not None else np.empty((0, width), dtype),
        np.zeros(rows.x.shape if needs_x else (0, rows.x.shape[1]), dtype),
    )
    reads = (_part(form.from_hidden, width), _part(form.from_input, width))
    threads = _threads(rows, form, threads)
    _through_time(passed, gradients, reads, threads)
    weights = _of_weights(passed, reads, threads)
    for array in tape:
        if isinstance(array, np.ndarray):
            ROOM.give(array)
    hidden = rows.hidden.shape[1]
    x = gradients.x if needs_x else None
    return Changes(weights, gradients.hidden[:, :hidden], gradients.memory[:, :hidden], x)


def _through_time(passed: Pass, gradients: Gradients, reads: tuple[Span, Span], threads: int) -> None:
    """Take the gradients back through all steps, and leave those of the sums in the tape."""
    (rows, weights, form), lanes = (passed.rows, passed.weights, passed.kernel.form), lanes_for(passed.rows.x.dtype)
    recurrent = back_panels(weights.recurrent, form.from_hidden, lanes)
    panels = (recurrent, back_panels(weights.input, form.from_input, lanes))
    WORKERS.share(
        lambda first, last: backward(passed.tape, rows, gradients, panels, reads, first, last, passed.reverse),
        tiles(len(rows.final), threads, TILE),
        threads,
    )


def _of_weights(passed: Pass, reads: tuple[Span, Span], threads: int) -> Weights:
    """Gradients of the weights, from those of the sums."""
    rows, sums, form = passed.rows, passed.tape.sums, passed.kernel.form
    inputs, count = rows.x.shape[1], sums.shape[1]
    total, bias = np.empty((inputs + rows.hidden.shape[1], count), sums.dtype), np.empty((1, count), sums.dtype)
    WORKERS.share(
        lambda first, last: weight_gradients(total, bias, sums, rows, *reads, first, last),
        columns(count, threads, WIDE * lanes_for(sums.dtype)),
        threads,
    )
    return _weights(total, bias[0], form, inputs, count // form.sums)


def _widened(matrix: Floats, width: int) -> Floats:
    """A copy with columns of zeros up to a whole number of vectors."""
    wide = np.zeros((len(matrix), width), matrix.dtype)
    wide[:, : matrix.shape[1]] = matrix
    return wide


def _threads(rows: Rows, form: Form, threads: int) -> int:
    """One thread where there is little to do."""
    (features, hidden), gates = (rows.x.shape[1], rows.hidden.shape[1]), len(form.from_input)
    return threads if 2.0 * len(rows.x) * gates * hidden * (features + hidden) > ALONE else 1


def _part(feeds: tuple[int, ...], width: int) -> Span:
    """First column that some weights feed, and how many; their sums lie side by side."""
    return min(feeds) * width, len(feeds) * width


def _weights(total: Floats, bias: Floats, form: Form, inputs: int, width: int) -> Weights:
    """Gradients of weights as torch keeps them, from those of all sums side by side."""
    hidden = len(total) - inputs

    def gates(matrix: Floats, feeds: tuple[int, ...]) -> Floats:
        return np.ascontiguousarray(
            np.concatenate([matrix[..., part * width : part * width + hidden].T for part in feeds])
        )

    return Weights(
        gates(total[:inputs], form.from_input),
        gates(total[inputs:], form.from_hidden),
        gates(bias, form.from_input),
        gates(bias, form.from_hidden),
    )
