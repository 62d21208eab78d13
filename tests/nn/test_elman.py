"""Elman's equation, written once more in NumPy."""

import numpy as np
import pytest

from seqloom.errors import SettingsError
from seqloom.nn import ElmanCell

ACTIVATIONS = {
    "tanh": np.tanh,
    "relu": lambda x: np.maximum(x, 0),
    "elu": lambda x: np.where(x > 0, x, np.expm1(x)),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
}


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_step_follows_the_equation(try_step, activation):
    """The new hidden state is the activation of the sum of input and recurrent products and biases."""
    trial = try_step(ElmanCell(activation))
    W, U, b, c, *_ = trial.weights
    (h,) = trial.state
    expected = ACTIVATIONS[activation](trial.x @ W.T + b + h @ U.T + c)
    np.testing.assert_allclose(trial.after.hidden, expected, rtol=0, atol=1e-14)  # float64 rounding of a few sums


def test_an_unknown_activation_is_refused():
    """A name that is no activation is refused, and the message lists those there are."""
    with pytest.raises(SettingsError, match="an RNN: expected one of tanh, relu, elu, sigmoid, came 'swish'"):
        ElmanCell("swish")
