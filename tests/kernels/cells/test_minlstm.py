"""The compiled minLSTM: one step by its equations, and what its tape keeps; all other laws in `test_run`."""

import numpy as np

from seqloom.kernels.reference import sigmoid

ROUNDING = {"rtol": 0, "atol": 1e-14}  # float64: a few sums


def test_a_step_follows_the_equations_and_is_kept(cells, draw):
    """Old vector and candidate are weighed by both gates; these and the candidate lie side by side."""
    layer = draw(cells["minlstm"], 3, 5, (1, 1, 1, 1), np.float64)
    f, i, n = np.split(layer.x @ layer.weights.input.T + layer.weights.input_bias, 3, axis=1)
    f, i, passed = sigmoid(f), sigmoid(i), layer.run()
    width = passed.tape.sums.shape[1] // 3
    np.testing.assert_allclose(passed.outputs, (f * layer.state[0] + i * n) / (f + i), **ROUNDING)
    for place, part in enumerate((f, i, n)):
        np.testing.assert_allclose(passed.tape.sums[:, place * width : place * width + 5], part, **ROUNDING)
