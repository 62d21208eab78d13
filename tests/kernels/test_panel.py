"""Panels of weights: the matrices can be read off them again."""

import numpy as np
import pytest

from seqloom.kernels.kernel import WIDE, lanes_for
from seqloom.kernels.layer import Form, Weights
from seqloom.kernels.panel import back_panels, backward_panels, forward_panels, gate_panels, vectors_for

FORMS = {
    "one gate, two vectors of units": Form((0,), (0,), units=2),
    "four gates": Form((0, 1, 2, 3), (0, 1, 2, 3), units=1),
    "three gates with four sums": Form((1, 2, 0), (1, 2, 3), units=1),
    "two of three gates": Form((1, 2, 0), (1, 2), units=1, from_made=0),
    "no gate reads hidden vectors": Form((0, 1), (), units=2),
}
SIZES = [(1, 1), (3, 17), (17, 3), (16, 16), (33, 50), (65, 64), (100, 100)]
PRECISIONS = (np.float32, np.float64)


def draw_weights(numbers, form, inputs, hidden, dtype):
    """Random weights of a layer."""
    rows = len(form.from_input) * hidden
    recurrent = (len(form.from_hidden) + (form.from_made >= 0)) * hidden
    shapes = ((rows, inputs), (recurrent, hidden), (rows,), (recurrent,), (0, hidden))
    return Weights(*(numbers.standard_normal(shape).astype(dtype) for shape in shapes))


def read_gate_panels(panels, form, inputs, hidden, lanes):
    """Biases [sums, units], and weights [gates, units, columns], with the units that fill up the last block."""
    (gates, recurrent), span = (len(form.from_input), len(form.from_hidden)), form.units * lanes
    first, second = span * form.sums, span * (form.sums + gates * inputs)
    bias = panels[:, :first].reshape(-1, form.sums, span).transpose(1, 0, 2).reshape(form.sums, -1)
    parts = (
        panels[:, first:second].reshape(-1, inputs, gates, span),
        panels[:, second:].reshape(len(panels), hidden, recurrent, span),
    )
    width = len(panels) * span
    return bias, *(part.transpose(2, 0, 3, 1).reshape(part.shape[2], width, part.shape[1]) for part in parts)


@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize(("inputs", "hidden"), SIZES)
@pytest.mark.parametrize("name", FORMS)
def test_gate_panels_hold_all_weights_and_biases(numbers, name, inputs, hidden, dtype):
    """Biases are added up by the sum they feed, weights stand by gate, and units that are not there are zero."""
    form, lanes = FORMS[name], lanes_for(np.dtype(dtype))
    weights = draw_weights(numbers, form, inputs, hidden, dtype)
    bias, by_input, by_hidden = read_gate_panels(gate_panels(weights, form, lanes), form, inputs, hidden, lanes)
    width = bias.shape[1]
    expected_bias = np.zeros((form.sums, width), dtype)
    expected = [np.zeros_like(by_input), np.zeros_like(by_hidden)]
    for gate, part in enumerate(form.from_input):
        own = slice(gate * hidden, (gate + 1) * hidden)
        expected_bias[part, :hidden] += weights.input_bias[own]
        expected[0][gate, :hidden] = weights.input[own]
    made = (form.from_made,) * (form.from_made >= 0)
    for gate, part in enumerate(form.from_hidden + made):
        expected_bias[part, :hidden] += weights.recurrent_bias[gate * hidden : (gate + 1) * hidden]
    for gate in range(len(form.from_hidden)):
        expected[1][gate, :hidden] = weights.recurrent[gate * hidden : (gate + 1) * hidden]
    np.testing.assert_array_equal(bias, expected_bias)
    np.testing.assert_array_equal(by_input, expected[0])
    np.testing.assert_array_equal(by_hidden, expected[1])


def read_back_panels(panels, gates, width, columns, lanes):
    """The matrix of all panels side by side, [gates, width, columns]."""
    at, parts, left = 0, [], columns
    while left > 0:
        span = vectors_for(left, lanes) * lanes
        parts.append(panels[0, at : at + gates * width * span].reshape(gates, width, span)[:, :, : min(span, left)])
        at += gates * width * span
        left -= span
    return np.concatenate(parts, axis=2)


@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize(("columns", "hidden"), SIZES)
@pytest.mark.parametrize("from_part", [(0,), (0, 1, 2, 3), (1, 2, 0), (1, 2, 3)])
def test_back_panels_hold_the_matrix_in_the_order_of_its_sums(numbers, from_part, columns, hidden, dtype):
    """The weights of each gate stand where its sum stands among the sums they feed, with zeros below them."""
    lanes, gates = lanes_for(np.dtype(dtype)), len(from_part)
    width = -(-hidden // lanes) * lanes
    matrix = numbers.standard_normal((gates * hidden, columns)).astype(dtype)
    came = read_back_panels(back_panels(matrix, from_part, lanes), gates, width, columns, lanes)
    expected = np.zeros((gates, width, columns), dtype)
    for gate, part in enumerate(from_part):
        expected[part - min(from_part), :hidden] = matrix[gate * hidden : (gate + 1) * hidden]
    np.testing.assert_array_equal(came, expected)


def test_back_panels_are_finite_where_no_weights_are(numbers):
    """What fills up panels is zero, so that nothing is multiplied by whatever was in memory."""
    panels = back_panels(np.ones((3, 5), np.float32), (0,), 16)
    assert np.count_nonzero(panels) == 15
    assert np.isfinite(panels).all()


def test_panels_are_wide_where_three_vectors_are_left():
    """Up to two vectors' columns are taken one vector at a time, more of them together."""
    assert [vectors_for(columns, 16) for columns in (1, 16, 32, 33, 48, 64, 1000)] == [1, 1, 1, WIDE, WIDE, WIDE, WIDE]


def test_weights_that_read_what_a_cell_makes_have_panels_of_their_own(numbers):
    """There transposed, as hidden vectors read them, and back as they are; no other panel holds them."""
    form, lanes = FORMS["two of three gates"], lanes_for(np.dtype(np.float64))
    weights = draw_weights(numbers, form, 3, 5, np.float64)
    made = weights.recurrent[10:]
    _, there = forward_panels(weights, form)
    recurrent, inputs, back = backward_panels(weights, form, needs_x=True)
    np.testing.assert_array_equal(there, back_panels(np.ascontiguousarray(made.T), (0,), lanes))
    np.testing.assert_array_equal(back, back_panels(made, (0,), lanes))
    np.testing.assert_array_equal(recurrent, back_panels(weights.recurrent[:10], (1, 2), lanes))
    np.testing.assert_array_equal(inputs, back_panels(weights.input, (1, 2, 0), lanes))


def test_cells_without_recurrent_weights_have_no_panels_for_them(numbers):
    """Nothing is multiplied, so nothing is laid out."""
    form = FORMS["no gate reads hidden vectors"]
    weights = draw_weights(numbers, form, 3, 5, np.float64)
    recurrent, _, back = backward_panels(weights, form, needs_x=True)
    assert recurrent.size == back.size == forward_panels(weights, form)[1].size == 0


def test_nothing_is_laid_out_for_inputs_nobody_differentiates(numbers):
    """The other panels are as they are."""
    form = FORMS["two of three gates"]
    weights = draw_weights(numbers, form, 3, 5, np.float64)
    asked, not_asked = (backward_panels(weights, form, needs_x=needs) for needs in (True, False))
    assert not_asked[1].size == 0 < asked[1].size
    for place in (0, 2):
        np.testing.assert_array_equal(asked[place], not_asked[place])
