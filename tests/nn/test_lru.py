"""The LRU's equations, written once more in NumPy, with complex numbers."""

import numpy as np
import pytest
import torch

from seqloom.errors import SettingsError
from seqloom.nn import LRUCell, Recurrent
from seqloom.sequence import Packed

ROUNDING = {"rtol": 0, "atol": 1e-13}  # float64 rounding of a few sums


def complex_of(pairs):
    """Real and imaginary parts side by side, as complex numbers."""
    return pairs[..., ::2] + 1j * pairs[..., 1::2]


def test_a_step_follows_the_equations(try_step):
    """Numbers turn and shrink by λ, and get what the input brings, times γ."""
    trial = try_step(LRUCell())
    W, _, b, _, (nu, theta, gamma), _ = trial.weights
    turn = np.exp(-np.exp(nu) + 1j * np.exp(theta))
    given = complex_of((trial.x @ W.T + b).astype(complex).real)
    expected = turn * complex_of(trial.state[0]) + np.exp(gamma) * given
    np.testing.assert_allclose(complex_of(trial.after.hidden.numpy()), expected, **ROUNDING)


def test_a_layer_shows_a_linear_view(draw):
    """The real part of C s, and D x, whatever the lengths."""
    network, (_, rows) = Recurrent(LRUCell(), 3, 4).double(), draw((5, 3, 1), 3)
    weights = network.weights(0)
    _, shown = network.sequence(None, rows)
    by_parts, skip = weights.output.detach().numpy()[:, :8], weights.output.detach().numpy()[:, 8:]
    reads = complex_of(by_parts).conj()  # the real part of a product of complex numbers takes the second sign turned
    turn = np.exp(-np.exp(weights.unit[0].detach().numpy()) + 1j * np.exp(weights.unit[1].detach().numpy()))
    W, b = complex_of(weights.input.detach().numpy().T), complex_of(weights.input_bias.detach().numpy())
    state, x = np.zeros((3, 4), complex), rows.values.numpy()
    for begin, alive in zip(np.cumsum([0, *rows.sizes]), rows.sizes, strict=False):
        given = x[begin : begin + alive] @ W + b
        state[:alive] = turn * state[:alive] + np.exp(weights.unit[2].detach().numpy()) * given
        expected = (state[:alive] @ reads.T).real + x[begin : begin + alive] @ skip.T
        np.testing.assert_allclose(shown.values[begin : begin + alive].detach(), expected, **ROUNDING)


def test_in_the_beginning_numbers_turn_on_a_ring():
    """As far from zero as asked for, and what they hold has the variance of what comes in."""
    torch.manual_seed(0)
    network = Recurrent(LRUCell(0.6, 0.9), 3, 500)
    own, other = network.cell.prepare(network.weights(0)).unit.detach()
    size = torch.hypot(own[::2], other[1::2])
    assert 0.6 <= size.min() < 0.61
    assert 0.89 < size.max() <= 0.9
    x = torch.randn(300, 3)
    state, _ = network.sequence(None, Packed(x.repeat_interleave(1, 0), torch.ones(300, dtype=torch.int64)))
    assert 0.5 < complex_of(state.hidden.detach().numpy()).std() < 2


@pytest.mark.parametrize("ring", [(0.9, 0.5), (-0.1, 0.5), (0.5, 1.0)])
def test_a_ring_that_is_none_is_refused(ring):
    """Numbers that grow would soon be infinite."""
    with pytest.raises(SettingsError, match="expected 0 <= least < most < 1"):
        LRUCell(*ring)
