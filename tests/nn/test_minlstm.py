"""The minLSTM's equations, written once more in NumPy."""

import numpy as np
import pytest
import torch

from seqloom.nn import MinLSTMCell, Recurrent
from seqloom.sequence import Packed


def test_a_step_follows_the_equations(try_step):
    """Old state and candidate are weighed by the two gates, whose sum is brought to one."""
    trial = try_step(MinLSTMCell())
    W, _, b, *_ = trial.weights
    f, i, n = np.split(trial.x @ W.T + b, 3, axis=1)
    f, i = 1 / (1 + np.exp(-f)), 1 / (1 + np.exp(-i))
    expected = f / (f + i) * trial.state[0] + i / (f + i) * n
    np.testing.assert_allclose(trial.after.hidden, expected, rtol=0, atol=1e-14)  # float64 rounding of a few sums


def test_it_has_no_recurrent_weights():
    """Nor biases for them; the state_dict holds what there is."""
    assert list(Recurrent(MinLSTMCell(), 3, 4).state_dict()) == ["weight_ih_l0", "bias_ih_l0"]


@pytest.mark.parametrize("precision", [torch.float32, torch.bfloat16])
def test_gates_that_are_both_shut_divide_nothing_by_nothing(precision):
    """Far below zero the share of either is still told by the other, in the engine and in torch."""
    network = Recurrent(MinLSTMCell(), 1, 2)
    with torch.no_grad():
        network.weight_ih_l0.zero_()
        network.bias_ih_l0.copy_(torch.tensor([-80.0] * 4 + [3.0] * 2))
    rows = Packed(torch.zeros(1, 1, dtype=precision), torch.ones(1, dtype=torch.int64))
    _, outputs = network.to(precision).sequence(None, rows)
    torch.testing.assert_close(outputs.values, torch.full((1, 2), 1.5, dtype=precision), rtol=0, atol=1e-2)
