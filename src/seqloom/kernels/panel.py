"""Weights in the order in which products read them."""

import numpy as np

from seqloom.kernels.compile import compiled, inlined
from seqloom.kernels.kernel import WIDE, lanes_for
from seqloom.kernels.layer import NONE, Floats, Form, Places, Weights
from seqloom.kernels.memory import get, lanes_of, store
from seqloom.kernels.room import aligned


def forward_panels(weights: Weights, form: Form) -> tuple[Floats, Floats]:
    """What the way forward multiplies with: panels of gates, and one for what a cell makes of its hidden vector."""
    lanes = lanes_for(weights.input.dtype)
    gates = gate_panels(weights, form, lanes)
    if form.from_made == NONE:
        return gates, gates[:0]
    return gates, back_panels(np.ascontiguousarray(_made(weights, form).T), (0,), lanes)


def backward_panels(weights: Weights, form: Form, *, needs_x: bool) -> tuple[Floats, Floats, Floats]:
    """What the way back multiplies with: panels for hidden vectors, inputs, and what a cell makes of the former."""
    lanes, made = lanes_for(weights.input.dtype), _made(weights, form)
    recurrent = weights.recurrent[: len(weights.recurrent) - len(made)]
    of_hidden = back_panels(recurrent, form.from_hidden, lanes)
    of_made = of_hidden[:0] if form.from_made == NONE else back_panels(made, (0,), lanes)
    of_input = back_panels(weights.input, form.from_input, lanes) if needs_x else of_hidden[:0]
    return of_hidden, of_input, of_made


def _made(weights: Weights, form: Form) -> Floats:
    """Recurrent weights that read what a cell makes of its hidden vector, [H, H], or no rows."""
    return weights.recurrent[len(form.from_hidden) * weights.recurrent.shape[1] :]


def gate_panels(weights: Weights, form: Form, lanes: int) -> Floats:
    """Weights for the way forward: for `units` vectors of hidden units at a time all that their sums need.

    A block is its biases, then for each input its weights, then for each hidden unit its weights; weights of hidden
    units that are not there are zero.

    Returns:
        The blocks, [blocks, numbers].
    """
    hidden, inputs = weights.recurrent.shape[1], weights.input.shape[1]
    span = form.units * lanes
    numbers = span * (form.sums + len(form.from_input) * inputs + len(form.from_hidden) * hidden)
    panels = aligned((-(-hidden // span), numbers), weights.input.dtype)
    _fill_gates(panels, weights, _places(form.from_input), _places(form.from_hidden), form.from_made, span, form.sums)
    return panels


def _places(parts: tuple[int, ...]) -> Places:
    return np.array(parts, np.int64)


@compiled
def _fill_gates(
    panels: Floats, weights: Weights, from_input: Places, from_hidden: Places, from_made: int, span: int, sums: int
) -> None:
    hidden = weights.recurrent.shape[1]
    for block in range(len(panels)):
        panel, first = panels[block], block * span
        for place in range(span * sums):
            panel[place] = 0
        for gate in range(len(from_input)):
            _add_bias(panel, from_input[gate] * span, weights.input_bias, gate * hidden, first, span, hidden)
        for gate in range(len(from_hidden)):
            _add_bias(panel, from_hidden[gate] * span, weights.recurrent_bias, gate * hidden, first, span, hidden)
        if from_made != NONE:
            _add_bias(panel, from_made * span, weights.recurrent_bias, len(from_hidden) * hidden, first, span, hidden)
        at = _fill_matrix(panel, span * sums, weights.input, len(from_input), first, span, hidden)
        _fill_matrix(panel, at, weights.recurrent, len(from_hidden), first, span, hidden)


@compiled
def _add_bias(panel: Floats, at: int, bias: Floats, row: int, first: int, span: int, hidden: int) -> None:
    """Add a gate's biases of some units."""
    for lane in range(min(span, hidden - first)):
        panel[at + lane] += bias[row + first + lane]


@compiled
def _fill_matrix(panel: Floats, at: int, matrix: Floats, gates: int, first: int, span: int, hidden: int) -> int:
    """Put the weights of some units of all gates, column by column; returns where they end."""
    for gate in range(gates):
        for lane in range(span):
            unit = first + lane
            for k in range(matrix.shape[1]):
                panel[at + (k * gates + gate) * span + lane] = matrix[gate * hidden + unit, k] if unit < hidden else 0
    end: int = at + matrix.shape[1] * gates * span
    return end


def back_panels(matrix: Floats, from_part: tuple[int, ...], lanes: int) -> Floats:
    """Weights for the way back, from gradients of a cell's sums to what the weights read.

    Args:
        matrix: input or recurrent weights, [G H, columns].
        from_part: for each gate the sum these weights feed.
        lanes: numbers of a vector.

    Returns:
        For each panel of columns, `WIDE` vectors or one, a row of them for every unit of each sum, [1, numbers].
    """
    hidden = len(matrix) // max(1, len(from_part))
    width = -(-hidden // lanes) * lanes
    columns = matrix.shape[1] + WIDE * lanes  # at least: the last panel may be wider than what is left
    panels = aligned((1, len(from_part) * width * columns), matrix.dtype)
    panels[...] = 0
    if from_part:
        _fill_back(panels, matrix, np.argsort(_places(from_part)), width)
    return panels


@compiled
def _fill_back(panels: Floats, matrix: Floats, order: Places, width: int) -> None:
    lanes, hidden, columns = lanes_of(panels), len(matrix) // len(order), matrix.shape[1]
    at = column = 0
    while column < columns:
        span = vectors_for(columns - column, lanes) * lanes
        for gate in order:
            for unit in range(hidden):
                for k in range(0, min(span, columns - column), lanes):
                    store(panels, 0, at + unit * span + k, get(matrix, gate * hidden + unit, column + k))
            at += width * span
        column += span


@inlined
def vectors_for(columns: int, lanes: int) -> int:
    """Vectors of the next panel when so many columns are left."""
    return WIDE if columns > 2 * lanes else 1
