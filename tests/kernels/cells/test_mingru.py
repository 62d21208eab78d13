"""The compiled minGRU: one step by its equations, and what its tape keeps; all other laws in `test_run`."""

import numpy as np

from seqloom.kernels.reference import sigmoid

ROUNDING = {"rtol": 0, "atol": 1e-14}  # float64: a few sums


def test_a_step_follows_the_equations_and_is_kept(cells, draw):
    """The hidden vector is a mean of the old one and the candidate; gate and candidate lie side by side."""
    layer = draw(cells["mingru"], 3, 5, (1, 1, 1, 1), np.float64)
    z, n = np.split(layer.x @ layer.weights.input.T + layer.weights.input_bias, 2, axis=1)
    z, h, passed = sigmoid(z), layer.state[0], layer.run()
    width = passed.tape.sums.shape[1] // 2
    np.testing.assert_allclose(passed.outputs, (1 - z) * h + z * n, **ROUNDING)
    np.testing.assert_allclose(passed.tape.sums[:, :5], z, **ROUNDING)
    np.testing.assert_allclose(passed.tape.sums[:, width : width + 5], n, **ROUNDING)
