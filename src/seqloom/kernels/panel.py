"""Weights in the order in which products read them."""

import numpy as np

from seqloom.kernels.compile import compiled, inlined
from seqloom.kernels.layer import Floats, Form, Places, Weights
from seqloom.kernels.memory import lanes_of

WIDE = 4
"""Vectors of a panel of the products on the way back; where fewer than three are left, one at a time."""


def gate_panels(weights: Weights, form: Form, lanes: int) -> Floats:
    """Weights for the way forward: for `units` vectors of hidden units at a time all that their sums need.

    A block is its biases, then for each input its weights, then for each hidden unit its weights; weights of hidden
    units that are not there are zero.

    Returns:
        The blocks, [blocks, numbers].
    """
    hidden, inputs = weights.recurrent.shape[1], weights.input.shape[1]
    gates = len(form.from_input)
    numbers = form.units * lanes * (form.sums + gates * (inputs + hidden))
    panels = np.empty((-(-hidden // (form.units * lanes)), numbers), weights.input.dtype)
    places = (np.array(form.from_input), np.array(form.from_hidden))
    _fill_gates(panels, weights, *places, form.units, form.sums)
    return panels


@compiled
def _fill_gates(
    panels: Floats, weights: Weights, from_input: Places, from_hidden: Places, units: int, sums: int
) -> None:
    lanes, inputs, hidden = lanes_of(panels), weights.input.shape[1], weights.recurrent.shape[1]
    gates = len(from_input)
    bias = units * lanes * sums
    step = units * lanes * gates
    for block in range(len(panels)):
        panel = panels[block]
        panel[:bias] = 0
        for gate in range(gates):
            for lane in range(units * lanes):
                unit = block * units * lanes + lane
                at = gate * units * lanes + lane
                if unit >= hidden:
                    panel[bias + at :: step] = 0
                    continue
                row = gate * hidden + unit
                panel[from_input[gate] * units * lanes + lane] += weights.input_bias[row]
                panel[from_hidden[gate] * units * lanes + lane] += weights.recurrent_bias[row]
                for k in range(inputs):
                    panel[bias + k * step + at] = weights.input[row, k]
                for k in range(hidden):
                    panel[bias + (inputs + k) * step + at] = weights.recurrent[row, k]


def back_panels(matrix: Floats, from_part: tuple[int, ...], lanes: int) -> Floats:
    """Weights for the way back, from gradients of a cell's sums to what the weights read.

    Args:
        matrix: input or recurrent weights, [G H, columns].
        from_part: for each gate the sum these weights feed.
        lanes: numbers of a vector.

    Returns:
        For each panel of columns, `WIDE` vectors or one, a row of them for every unit of each sum, [1, numbers].
    """
    hidden = len(matrix) // len(from_part)
    width = -(-hidden // lanes) * lanes
    columns = matrix.shape[1] + WIDE * lanes  # at least: the last panel may be wider than what is left
    panels = np.zeros((1, len(from_part) * width * columns), matrix.dtype)
    _fill_back(panels, matrix, np.argsort(np.array(from_part)), width)
    return panels


@compiled
def _fill_back(panels: Floats, matrix: Floats, order: Places, width: int) -> None:
    lanes, hidden, columns = lanes_of(panels), len(matrix) // len(order), matrix.shape[1]
    at = column = 0
    while column < columns:
        span = vectors_for(columns - column, lanes) * lanes
        many = min(span, columns - column)
        for gate in order:
            for unit in range(hidden):
                panels[0, at + unit * span : at + unit * span + many] = matrix[
                    gate * hidden + unit, column : column + many
                ]
            at += width * span
        column += span


@inlined
def vectors_for(columns: int, lanes: int) -> int:
    """Vectors of the next panel when so many columns are left."""
    return WIDE if columns > 2 * lanes else 1
