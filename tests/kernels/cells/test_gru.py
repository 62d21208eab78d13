"""The compiled GRU: one step by its equations, and what its tape keeps; all other laws in `test_run`."""

import numpy as np
import pytest

from seqloom.kernels.reference import sigmoid

ROUNDING = {"rtol": 0, "atol": 1e-14}  # float64: a few sums
HIDDEN = 5


@pytest.fixture
def step(cells, draw):
    """One step of four sequences by the engine, and by the equations n, r, z, the recurrent part, hidden vectors."""
    layer = draw(cells["gru"], 3, HIDDEN, (1, 1, 1, 1), np.float64)
    W, U, b, c = (np.split(weight, 3) for weight in layer.weights[:4])
    h = layer.state[0]
    r, z = (sigmoid(layer.x @ W[gate].T + b[gate] + h @ U[gate].T + c[gate]) for gate in (0, 1))
    recurrent = h @ U[2].T + c[2]
    n = np.tanh(layer.x @ W[2].T + b[2] + r * recurrent)
    return layer.run(), (n, r, z, recurrent), (1 - z) * n + z * h


def test_a_step_follows_the_equations(step):
    """The hidden vector is a mean of the old one and the candidate, the reset acting after the product."""
    passed, _, hidden = step
    np.testing.assert_allclose(passed.outputs, hidden, **ROUNDING)


def test_its_tape_keeps_candidate_gates_and_recurrent_part(step):
    """They lie side by side, each as wide as whole vectors are."""
    passed, parts, _ = step
    width = passed.tape.sums.shape[1] // 4
    for place, part in enumerate(parts):
        np.testing.assert_allclose(passed.tape.sums[:, place * width : place * width + HIDDEN], part, **ROUNDING)
