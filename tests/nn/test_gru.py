"""The GRU's equations, written once more in NumPy."""

import numpy as np
import pytest

from seqloom.nn import GRUCell


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@pytest.mark.parametrize("reset_after", [True, False])
def test_a_step_follows_the_equations(try_step, reset_after):
    """The hidden state is a mean of old one and candidate; the reset acts after the product or before it."""
    trial = try_step(GRUCell(reset_after))
    W, U, b, c = (np.split(weight, 3) for weight in trial.weights[:4])  # r, z, n
    (h,) = trial.state
    r, z = (sigmoid(trial.x @ W[k].T + b[k] + h @ U[k].T + c[k]) for k in (0, 1))
    recurrent = r * (h @ U[2].T + c[2]) if reset_after else (r * h) @ U[2].T + c[2]
    n = np.tanh(trial.x @ W[2].T + b[2] + recurrent)
    expected = (1 - z) * n + z * h
    np.testing.assert_allclose(trial.after.hidden, expected, rtol=0, atol=1e-14)  # float64 rounding of a few sums
