"""The compiled LSTM with layer norm: one step, and what its tape keeps; all other laws in `test_run`."""

import numpy as np

from seqloom.kernels import reference
from seqloom.kernels.layer import NORM_EPSILON
from seqloom.kernels.reference import sigmoid

ROUNDING = {"rtol": 0, "atol": 1e-12}  # float64: sums divided by what may be a small spread


def normalised(values):
    """Numbers with a mean of zero and a variance of one."""
    return reference.normalised(values, 1, 0)


def test_a_step_follows_the_equations_and_is_kept(cells, draw):
    """The tape keeps normalised sums of each gate, and what brought the variances to one."""
    layer = draw(cells["norm-lstm"], 3, 5, (1, 1, 1, 1), np.float64)
    W, U, b, c, unit = layer.weights
    sums = np.split(layer.x @ W.T + b + layer.state[0] @ U.T + c, 4, axis=1)
    i, f, g, o = (unit[gate] * normalised(part) + unit[5 + gate] for gate, part in enumerate(sums))
    cell = sigmoid(f) * layer.state[1] + sigmoid(i) * np.tanh(g)
    passed = layer.run()
    np.testing.assert_allclose(passed.state[1], cell, **ROUNDING)
    shown = np.tanh(unit[4] * normalised(cell) + unit[9])
    np.testing.assert_allclose(passed.outputs, sigmoid(o) * shown, **ROUNDING)
    width = passed.tape.sums.shape[1] // 4
    for gate, part in enumerate(sums):
        np.testing.assert_allclose(passed.tape.sums[:, gate * width : gate * width + 5], normalised(part), **ROUNDING)
        scale = 1 / np.sqrt(part.var(axis=1) + NORM_EPSILON)
        np.testing.assert_allclose(passed.tape.scales[:, gate], scale, rtol=1e-12)  # of a spread, as above


def test_units_that_are_all_the_same_are_no_number_divided_by_zero(cells, draw):
    """Without weights every sum is zero; so are hidden vectors, as nothing is added to what is normalised."""
    layer = draw(cells["norm-lstm"], 3, 21, (4, 3, 1))
    for part in layer.weights[:4]:
        part[:] = 0
    layer.weights.unit[5:] = 0
    layer.state[1][:] = 0
    assert not layer.run().outputs.any()
