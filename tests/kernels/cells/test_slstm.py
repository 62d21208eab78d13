"""The compiled sLSTM: one step by its equations, and gates no exponential can hold; all other laws in `test_run`."""

import numpy as np

from seqloom.kernels import run_back
from seqloom.kernels.reference import sigmoid

ROUNDING = {"rtol": 1e-13, "atol": 0}  # float64: a few exponentials


def test_a_step_follows_the_equations_without_the_stabiliser(cells, draw):
    """Its cell and normaliser, times the exponential of the stabiliser, are what plain exponential gates give."""
    layer = draw(cells["slstm"], 3, 5, (1, 1, 1, 1), np.float64)
    W, U, b, c, _ = layer.weights
    h, s, n, m = layer.state
    i, f, z, o = np.split(layer.x @ W.T + b + h @ U.T + c, 4, axis=1)
    passed = layer.run()
    hidden, cell, norm, stabiliser = passed.state
    expected = sigmoid(f) * s * np.exp(m) + np.exp(i) * np.tanh(z)
    np.testing.assert_allclose(cell * np.exp(stabiliser), expected, **ROUNDING)
    np.testing.assert_allclose(norm * np.exp(stabiliser), sigmoid(f) * n * np.exp(m) + np.exp(i), **ROUNDING)
    np.testing.assert_allclose(hidden, sigmoid(o) * cell / norm, **ROUNDING)


def test_large_gates_overflow_nowhere(cells, draw):
    """In single precision, with input gates in the thousands, everything stays finite on both ways."""
    layer = draw(cells["slstm"], 3, 5, (9, 9, 4))
    layer.x[:] *= 1e4
    passed = layer.run()
    assert np.abs(passed.outputs).max() <= 1
    ones = np.ones_like(layer.state[0])
    changes = run_back(passed, np.ones_like(passed.outputs), (ones, ones, ones, ones))
    assert all(np.isfinite(part).all() for part in (*changes.weights, *changes.state, changes.x))
