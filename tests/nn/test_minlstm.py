"""The minLSTM's equations, written once more in NumPy."""

import numpy as np

from seqloom.nn import MinLSTMCell, Recurrent


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
