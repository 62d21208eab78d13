"""The compiled Elman network: one step by its equation, there and back; all other laws in `test_run`."""

import numpy as np
import pytest

from seqloom.kernels import Elu, Relu, Sigmoid, Tanh, elman, reference, run, run_back

ACTIVATIONS = {
    "tanh": (Tanh(), np.tanh, lambda y: 1 - y**2),
    "relu": (Relu(), reference.relu, lambda y: (y > 0) * 1.0),
    "elu": (Elu(), reference.elu, lambda y: np.minimum(y, 0) + 1),
    "sigmoid": (Sigmoid(), reference.sigmoid, lambda y: y * (1 - y)),
}
ROUNDING = {"rtol": 0, "atol": 1e-14}  # float64: a few sums


@pytest.fixture(params=ACTIVATIONS)
def step(request, cells, draw):
    """One step of four sequences, by the engine and by its equation, and the slope of its activation."""
    activation, activate, slope = ACTIVATIONS[request.param]
    layer = draw(cells["elman-tanh"], 3, 5, (1, 1, 1, 1), np.float64)
    W, U, b, c, _ = layer.weights
    after = activate(layer.x @ W.T + b + layer.state[0] @ U.T + c)
    passed = run(elman(activation), layer.weights, layer.x, layer.state, layer.sizes)
    return layer, passed, after, slope(after)


def test_a_step_follows_the_equation(step):
    """The hidden vectors are the activation of what inputs, hidden vectors and biases add up to."""
    _, passed, after, _ = step
    np.testing.assert_allclose(passed.outputs, after, **ROUNDING)


def test_gradients_of_the_sums_are_changes_times_slopes(step, numbers):
    """Biases get the sum of changes times slopes, inputs what comes of these through the weights."""
    layer, passed, after, slope = step
    change = numbers.standard_normal(after.shape)
    came = run_back(passed, change, (np.zeros_like(after),))
    np.testing.assert_allclose(came.weights.input_bias, (change * slope).sum(axis=0), **ROUNDING)
    np.testing.assert_allclose(came.x, (change * slope) @ layer.weights.input, **ROUNDING)
