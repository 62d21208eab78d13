"""What the way back gives; that the numbers are right is in `test_run`."""

import numpy as np
import pytest

from seqloom.kernels import run_back


def changes_of(layer, numbers):
    """Random gradients of outputs and final state."""
    batch, hidden = layer.state[0].shape
    return numbers.standard_normal((len(layer.x), hidden)), tuple(
        numbers.standard_normal((batch, hidden)) for _ in layer.state
    )


def test_gradients_have_the_shapes_of_what_was_read(recurrence, draw, numbers):
    """Weights, inputs and every part of the state, those a cell does not have without rows."""
    layer = draw(recurrence, 3, 6, (4, 2, 1), np.float64)
    came = run_back(layer.run(), *changes_of(layer, numbers))
    assert [part.shape for part in came.weights] == [part.shape for part in layer.weights]
    assert [part.shape for part in came.state] == [part.shape for part in layer.state]
    assert came.x.shape == layer.x.shape


def test_gradients_are_sums_over_what_they_come_from(recurrence, draw, numbers):
    """Twice the changes give twice the gradients: the way back is linear."""
    layer = draw(recurrence, 3, 6, (4, 2, 1), np.float64)
    outputs, state = changes_of(layer, numbers)
    once, twice = (
        run_back(layer.run(), outputs, state),
        run_back(layer.run(), 2 * outputs, [2 * part for part in state]),
    )
    for came, expected in zip([*twice.weights, *twice.state], [*once.weights, *once.state], strict=True):
        np.testing.assert_array_equal(came, 2 * expected)  # times two is exact


@pytest.mark.parametrize("name", ["peephole-lstm", "norm-lstm", "lru"])
def test_weights_of_units_sum_up_what_each_sequence_adds(cells, draw, numbers, name):
    """The gradients of a batch are those of its sequences alone, added up."""
    layer = draw(cells[name], 3, 6, (3, 3), np.float64)
    outputs, state = changes_of(layer, numbers)
    whole = run_back(layer.run(), outputs, state)
    parts = []
    for b in (slice(0, 1), slice(1, 2)):
        rows = np.arange(6).reshape(3, 2)[:, b].ravel()
        alone = type(layer)(
            layer.recurrence,
            layer.weights,
            layer.x[rows],
            tuple(part[b] for part in layer.state),
            np.ones(3, np.int64),
            layer.kept[b],
        )
        parts.append(run_back(alone.run(), outputs[rows], tuple(part[b] for part in state)).weights.unit)
    np.testing.assert_allclose(whole.weights.unit, parts[0] + parts[1], rtol=1e-13, atol=0)  # a sum in another order
