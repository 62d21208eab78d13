"""Gradients of all that a layer of a cell has read."""

from dataclasses import dataclass

import numpy as np

from seqloom.kernels.gradient import weight_gradients
from seqloom.kernels.kernel import WIDE, State, lanes_for, parts_of, side_by_side
from seqloom.kernels.layer import NONE, Floats, Gradients, Rows, Weights
from seqloom.kernels.panel import backward_panels
from seqloom.kernels.room import ROOM
from seqloom.kernels.run import TILE, WORKERS, Pass, threads_for
from seqloom.kernels.walk import backward
from seqloom.kernels.workers import Span, columns, tiles

NOWHERE: Span = (0, 0)


@dataclass(frozen=True)
class Changes:
    """Gradients of all that a layer read.

    Args:
        weights: shapes as the weights.
        state: of the initial state, [B, H] each.
        x: of the inputs, [N, F]; None where nobody asked.
    """

    weights: Weights
    state: State
    x: Floats | None


def run_back(passed: Pass, outputs: Floats, state: State, *, needs_x: bool = True, threads: int = 1) -> Changes:
    """Gradients of all that a layer read; what its tape kept is used up.

    Args:
        passed: the layer's run.
        outputs: gradients of the outputs, [N, H].
        state: gradients of the final state, [B, H] each.
        needs_x: whether gradients of the inputs are asked for.
        threads: threads to use at most.
    """
    rows, tape, form, hidden = passed.rows, passed.tape, passed.kernel.form, passed.rows.hidden.shape[1]
    dtype, batch, width = rows.x.dtype, len(rows.final), tape.sums.shape[1] // form.sums
    of_x = ROOM.take(rows.x.shape if needs_x else (0, rows.x.shape[1]), dtype)
    of_x[...] = 0
    gradients = Gradients(
        outputs,
        side_by_side(state[:1], batch, width, dtype),
        side_by_side(state[1:], batch, width, dtype),
        of_x,
        np.zeros((batch, len(passed.weights.unit) * width), dtype),
        np.empty((0 if form.from_made == NONE else batch, width), dtype),
    )
    panels = backward_panels(passed.weights, form, needs_x=needs_x)
    reads = (_part(form.from_hidden, width), _part(form.from_input, width))
    threads = threads_for(rows, form, threads)
    WORKERS.share(
        lambda first, last: backward(tape, rows, gradients, panels, reads, first, last, passed.reverse),
        tiles(batch, threads, TILE),
        threads,
    )
    weights = _of_weights(passed, gradients, threads)
    parts = parts_of(gradients.memory, passed.kernel.parts, hidden)
    return Changes(weights, (gradients.hidden[:, :hidden], *parts), gradients.x if needs_x else None)


def _of_weights(passed: Pass, gradients: Gradients, threads: int) -> Weights:
    """Gradients of the weights, from those of the sums and of the units of each sequence."""
    rows, sums, form, weights = passed.rows, passed.tape.sums, passed.kernel.form, passed.weights
    (inputs, hidden), width = (rows.x.shape[1], rows.hidden.shape[1]), sums.shape[1] // form.sums
    reads = (_part(form.from_hidden, width), _part(form.from_input, width))
    total, bias = _products(rows, sums, reads, threads)
    recurrent = _gates(total[inputs:], form.from_hidden, width, hidden)
    of_biases = form.from_hidden
    if form.from_made != NONE:
        made, feeds = rows._replace(x=passed.tape.made, hidden=rows.hidden[:, :0]), (form.from_made,)
        of_made, _ = _products(made, sums, (NOWHERE, _part(feeds, width)), threads)
        recurrent = np.concatenate([recurrent, _gates(of_made[:hidden], feeds, width, hidden)])
        of_biases += feeds
    unit = weights.unit
    if len(unit):
        unit = gradients.unit.sum(axis=0).reshape(len(unit), width)[:, :hidden]
    return Weights(
        _gates(total[:inputs], form.from_input, width, hidden),
        recurrent,
        _gates(bias, form.from_input, width, hidden)[:, 0],
        _gates(bias, of_biases, width, hidden)[:, 0],
        np.ascontiguousarray(unit),
    )


def _products(rows: Rows, sums: Floats, reads: tuple[Span, Span], threads: int) -> tuple[Floats, Floats]:
    """What weights read times gradients of sums, [F + H, columns], and the sums of these, [1, columns]."""
    count = sums.shape[1]
    total, bias = (
        np.empty((rows.x.shape[1] + rows.hidden.shape[1], count), sums.dtype),
        np.empty((1, count), sums.dtype),
    )
    WORKERS.share(
        lambda first, last: weight_gradients(total, bias, sums, rows, *reads, first, last),
        columns(count, threads, WIDE * lanes_for(sums.dtype)),
        threads,
    )
    return total, bias


def _part(feeds: tuple[int, ...], width: int) -> Span:
    """First column that some weights feed, and how many; their sums lie side by side."""
    return (min(feeds) * width, len(feeds) * width) if feeds else NOWHERE


def _gates(matrix: Floats, feeds: tuple[int, ...], width: int, hidden: int) -> Floats:
    """Gradients of weights as torch keeps them, from those of all sums side by side."""
    parts = [matrix[:, part * width : part * width + hidden].T for part in feeds]
    return np.concatenate(parts) if parts else np.empty((0, len(matrix)), matrix.dtype)
