"""The compiled LSTM with peepholes: one step by its equations, and without them; all other laws in `test_run`."""

import numpy as np

from seqloom.kernels import Tanh, lstm, run
from seqloom.kernels.reference import sigmoid

ROUNDING = {"rtol": 0, "atol": 1e-14}  # float64: a few sums


def test_a_step_follows_the_equations(cells, draw):
    """Input and forget gate see the memory cell before the step, the output gate the one after it."""
    layer = draw(cells["peephole-lstm"], 3, 5, (1, 1, 1, 1), np.float64)
    W, U, b, c, (to_i, to_f, to_o) = layer.weights
    h, s = layer.state
    i, f, g, o = np.split(layer.x @ W.T + b + h @ U.T + c, 4, axis=1)
    cell = sigmoid(f + to_f * s) * s + sigmoid(i + to_i * s) * np.tanh(g)
    passed = layer.run()
    np.testing.assert_allclose(passed.state[1], cell, **ROUNDING)
    np.testing.assert_allclose(passed.outputs, sigmoid(o + to_o * cell) * np.tanh(cell), **ROUNDING)


def test_closed_peepholes_leave_an_lstm(cells, draw):
    """With weights of zero it gives an LSTM's numbers, bit for bit."""
    layer = draw(cells["peephole-lstm"], 3, 21, (4, 3, 1))
    layer.weights.unit[:] = 0
    without = layer.weights._replace(unit=layer.weights.unit[:0])
    expected = run(lstm(Tanh()), without, layer.x, layer.state, layer.sizes)
    np.testing.assert_array_equal(layer.run().outputs, expected.outputs)
