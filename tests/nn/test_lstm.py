"""The LSTM's equations, written once more in NumPy."""

import numpy as np
import pytest
import torch

from seqloom.errors import SettingsError
from seqloom.nn import LSTMCell, Recurrent, initialise


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@pytest.mark.parametrize(("name", "activate"), [("tanh", np.tanh), ("relu", lambda x: np.maximum(x, 0))])
def test_a_step_follows_the_equations(try_step, name, activate):
    """Memory cell and hidden state follow the gates i, f, g, o, with the chosen activation in both places."""
    trial = try_step(LSTMCell(name))
    W, U, b, c, *_ = trial.weights
    h, s = trial.state
    i, f, g, o = np.split(trial.x @ W.T + b + h @ U.T + c, 4, axis=1)
    cell = sigmoid(f) * s + sigmoid(i) * activate(g)
    hidden = sigmoid(o) * activate(cell)
    np.testing.assert_allclose(trial.after.cell, cell, rtol=0, atol=1e-14)  # float64 rounding of a few sums
    np.testing.assert_allclose(trial.after.hidden, hidden, rtol=0, atol=1e-14)  # as above


def test_an_activation_of_another_cell_is_refused():
    """A name that is an activation, but none of an LSTM's, is refused."""
    with pytest.raises(SettingsError, match="activation of an LSTM: expected one of tanh, relu, came 'sigmoid'"):
        LSTMCell("sigmoid")


def test_peepholes_show_the_memory_cell_to_the_gates(try_step):
    """Input and forget gate see it before the step, the output gate after it."""
    trial = try_step(LSTMCell(peepholes=True))
    W, U, b, c, (to_i, to_f, to_o), _ = trial.weights
    h, s = trial.state
    i, f, g, o = np.split(trial.x @ W.T + b + h @ U.T + c, 4, axis=1)
    cell = sigmoid(f + to_f * s) * s + sigmoid(i + to_i * s) * np.tanh(g)
    hidden = sigmoid(o + to_o * cell) * np.tanh(cell)
    np.testing.assert_allclose(trial.after.cell, cell, rtol=0, atol=1e-14)  # float64 rounding of a few sums
    np.testing.assert_allclose(trial.after.hidden, hidden, rtol=0, atol=1e-14)  # as above


def test_layer_norm_is_torchs(try_step):
    """Of each gate's sum, and of the memory cell where it is shown, each with weights of its own."""
    trial = try_step(LSTMCell(layer_norm=True))
    W, U, b, c, unit, _ = trial.weights

    def normalised(values, norm):
        layer = torch.nn.LayerNorm(3).double()
        layer.weight.data, layer.bias.data = torch.from_numpy(unit[norm]), torch.from_numpy(unit[5 + norm])
        return layer(torch.from_numpy(values)).detach().numpy()

    sums = np.split(trial.x @ W.T + b + trial.state[0] @ U.T + c, 4, axis=1)
    i, f, g, o = (normalised(part, norm) for norm, part in enumerate(sums))
    cell = sigmoid(f) * trial.state[1] + sigmoid(i) * np.tanh(g)
    hidden = sigmoid(o) * np.tanh(normalised(cell, 4))
    np.testing.assert_allclose(trial.after.cell, cell, rtol=0, atol=1e-13)  # float64 rounding of a few sums
    np.testing.assert_allclose(trial.after.hidden, hidden, rtol=0, atol=1e-13)  # as above


def test_norms_begin_as_they_are_and_change_nothing_more():
    """Factors of one, and nothing added, in a new layer and after its weights were drawn anew."""
    network = Recurrent(LSTMCell(layer_norm=True), 3, 4)
    new = network.weight_unit_l0.tolist()
    initialise(network)
    assert new == network.weight_unit_l0.tolist() == [[1.0] * 4] * 5 + [[0.0] * 4] * 5


def test_both_extras_at_once_are_refused():
    """There is no such cell in the engine."""
    with pytest.raises(SettingsError, match="an LSTM: expected peepholes or layer norm, came both"):
        LSTMCell(peepholes=True, layer_norm=True)
