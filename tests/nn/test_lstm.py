"""The LSTM's equations, written once more in NumPy."""

import numpy as np
import pytest

from seqloom.errors import SettingsError
from seqloom.nn import LSTMCell


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@pytest.mark.parametrize(("name", "activate"), [("tanh", np.tanh), ("relu", lambda x: np.maximum(x, 0))])
def test_a_step_follows_the_equations(try_step, name, activate):
    """Memory cell and hidden state follow the gates i, f, g, o, with the chosen activation in both places."""
    trial = try_step(LSTMCell(name))
    W, U, b, c = trial.weights
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
