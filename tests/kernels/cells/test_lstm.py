"""The compiled LSTM: one step by its equations, and what its tape keeps; all other laws in `test_run`."""

import numpy as np
import pytest

from seqloom.kernels import Relu, Tanh, lstm, reference, run
from seqloom.kernels.reference import sigmoid

ACTIVATIONS = {"tanh": (Tanh(), np.tanh), "relu": (Relu(), reference.relu)}
ROUNDING = {"rtol": 0, "atol": 1e-14}  # float64: a few sums
HIDDEN = 5


@pytest.fixture(params=ACTIVATIONS)
def step(request, cells, draw):
    """One step of four sequences by the engine, and its gates, memory cells and hidden vectors by the equations."""
    activation, activate = ACTIVATIONS[request.param]
    layer = draw(cells["lstm-tanh"], 3, HIDDEN, (1, 1, 1, 1), np.float64)
    W, U, b, c, _ = layer.weights
    i, f, g, o = np.split(layer.x @ W.T + b + layer.state[0] @ U.T + c, 4, axis=1)
    gates = [sigmoid(i), sigmoid(f), activate(g), sigmoid(o)]
    memory = gates[1] * layer.state[1] + gates[0] * gates[2]
    passed = run(lstm(activation), layer.weights, layer.x, layer.state, layer.sizes)
    return layer, passed, gates, memory, gates[3] * activate(memory)


def test_a_step_follows_the_equations(step):
    """Hidden vectors and memory cells follow the gates, with the chosen activation in both places."""
    _, passed, _, memory, hidden = step
    np.testing.assert_allclose(passed.outputs, hidden, **ROUNDING)
    np.testing.assert_allclose(passed.state[1], memory, **ROUNDING)


def test_its_tape_keeps_the_gates(step):
    """The gates i, f, g, o of each row lie side by side, each as wide as whole vectors are."""
    _, passed, gates, _, _ = step
    width = passed.tape.sums.shape[1] // 4
    for place, gate in enumerate(gates):
        np.testing.assert_allclose(passed.tape.sums[:, place * width : place * width + HIDDEN], gate, **ROUNDING)


def test_its_tape_keeps_the_memory_cells_before_and_after(step):
    """First the initial memory cells, then those after each row's step."""
    layer, passed, _, memory, _ = step
    kept = passed.tape.cells[:, :HIDDEN]
    np.testing.assert_allclose(kept, np.concatenate([layer.state[1], memory]), **ROUNDING)
