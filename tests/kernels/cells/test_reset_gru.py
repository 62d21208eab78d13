"""The compiled GRU, reset before the product: one step, and what its tape keeps; all other laws in `test_run`."""

import numpy as np

from seqloom.kernels.reference import sigmoid

ROUNDING = {"rtol": 0, "atol": 1e-14}  # float64: a few sums


def test_a_step_follows_the_equations_and_is_kept(cells, draw):
    """The reset acts on the hidden vector before the product; the tape keeps n, r, z, and r h."""
    layer = draw(cells["reset-gru"], 3, 5, (1, 1, 1, 1), np.float64)
    W, U, b, c = (np.split(weight, 3) for weight in layer.weights[:4])
    h = layer.state[0]
    r, z = (sigmoid(layer.x @ W[gate].T + b[gate] + h @ U[gate].T + c[gate]) for gate in (0, 1))
    n = np.tanh(layer.x @ W[2].T + b[2] + (r * h) @ U[2].T + c[2])
    passed = layer.run()
    width = passed.tape.sums.shape[1] // 3
    np.testing.assert_allclose(passed.outputs, (1 - z) * n + z * h, **ROUNDING)
    for place, part in enumerate((n, r, z)):
        np.testing.assert_allclose(passed.tape.sums[:, place * width : place * width + 5], part, **ROUNDING)
    np.testing.assert_allclose(passed.tape.made[:, :5], r * h, **ROUNDING)
