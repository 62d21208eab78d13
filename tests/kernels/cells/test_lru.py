"""The compiled linear recurrence: one step by its equation, in complex numbers; all other laws in `test_run`."""

import numpy as np

ROUNDING = {"rtol": 0, "atol": 1e-14}  # float64: a few sums


def test_a_step_turns_complex_numbers(cells, draw):
    """With real parts twice, and imaginary parts with either sign, pairs of units are multiplied as complex numbers."""
    layer = draw(cells["lru"], 3, 6, (1, 1, 1, 1), np.float64)
    turn = np.array([0.6 + 0.7j, -0.9 + 0.1j, 0.3 - 0.5j])
    layer.weights.unit[0] = np.repeat(turn.real, 2)
    layer.weights.unit[1] = np.stack([-turn.imag, turn.imag], axis=1).ravel()
    given = layer.x @ layer.weights.input.T + layer.weights.input_bias
    before, passed = layer.state[0], layer.run()
    expected = turn * (before[:, ::2] + 1j * before[:, 1::2]) + given[:, ::2] + 1j * given[:, 1::2]
    np.testing.assert_allclose(passed.outputs[:, ::2] + 1j * passed.outputs[:, 1::2], expected, **ROUNDING)
