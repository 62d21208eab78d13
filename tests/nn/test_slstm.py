"""The sLSTM's equations, written once more in NumPy, without the stabiliser."""

import numpy as np
import pytest
import torch

from seqloom.nn import Recurrent, SLSTMCell
from seqloom.sequence import Packed


def test_a_step_follows_the_equations(try_step):
    """With gates that are plain exponentials, cell and normaliser divided by that of the stabiliser."""
    trial = try_step(SLSTMCell())
    W, U, b, c, *_ = trial.weights
    h, s, n, m = trial.state
    i, f, z, o = np.split(trial.x @ W.T + b + h @ U.T + c, 4, axis=1)
    forget, write = 1 / (1 + np.exp(-f)), np.exp(i)
    cell, norm = forget * s * np.exp(m) + write * np.tanh(z), forget * n * np.exp(m) + write
    hidden = cell / norm / (1 + np.exp(-o))
    scale = trial.after.stabiliser.exp()
    close = {"rtol": 1e-13, "atol": 0}  # float64 rounding of a few exponentials
    np.testing.assert_allclose(trial.after.hidden, hidden, **close)
    np.testing.assert_allclose(trial.after.cell * scale, cell, **close)
    np.testing.assert_allclose(trial.after.normaliser * scale, norm, **close)


@pytest.mark.parametrize("size", [1e2, 1e4])
def test_gates_beyond_the_range_of_the_exponential_overflow_nowhere(size):
    """Hidden vectors and gradients stay finite, in single precision, where the exponential of a gate is infinite."""
    torch.manual_seed(0)
    network = Recurrent(SLSTMCell(), 3, 4)
    rows = Packed((size * torch.randn(10, 3)).requires_grad_(), torch.ones(10, dtype=torch.int64))
    _, outputs = network.sequence(None, rows)
    gradients = torch.autograd.grad(outputs.values.sum(), [rows.values, *network.parameters()])
    assert outputs.values.abs().max() <= 1
    assert all(gradient.isfinite().all() for gradient in gradients)
