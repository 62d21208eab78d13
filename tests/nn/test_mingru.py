"""The minGRU's equations, written once more in NumPy."""

import numpy as np

from seqloom.nn import MinGRUCell, Recurrent


def test_a_step_follows_the_equations(try_step):
    """The hidden state is a mean of old one and candidate, weighed by the input alone."""
    trial = try_step(MinGRUCell())
    W, _, b, *_ = trial.weights
    z, n = np.split(trial.x @ W.T + b, 2, axis=1)
    share = 1 / (1 + np.exp(-z))
    expected = (1 - share) * trial.state[0] + share * n
    np.testing.assert_allclose(trial.after.hidden, expected, rtol=0, atol=1e-14)  # float64 rounding of a few sums


def test_it_has_no_recurrent_weights():
    """Nor biases for them; the state_dict holds what there is."""
    assert list(Recurrent(MinGRUCell(), 3, 4).state_dict()) == ["weight_ih_l0", "bias_ih_l0"]
