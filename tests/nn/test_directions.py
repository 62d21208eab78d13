"""One layer in one or both directions."""

import pytest
import torch

from seqloom.nn import LSTMCell, Recurrent
from seqloom.nn.directions import read
from seqloom.nn.state import layer_of
from seqloom.nn.unroll import unroll


@pytest.mark.parametrize("both", [False, True])
def test_outputs_of_both_directions_stand_side_by_side(draw, generator, both):
    """Each direction is the cell run that way by itself, from its own state."""
    network, (_, rows) = Recurrent(LSTMCell(), 3, 4, bidirectional=both).double(), draw((5, 3, 1), 3)
    count = 2 if both else 1
    zeros = network.initial_state(3)
    state = type(zeros)(*(torch.randn(part.shape, dtype=part.dtype, generator=generator) for part in zeros))
    weights, states = [network.weights(n) for n in range(count)], [layer_of(state, n) for n in range(count)]
    finals, outputs = read(network.cell, weights, states, rows)
    for n in range(count):
        final, alone = unroll(network.cell, weights[n], states[n], rows, reverse=n == 1)
        assert torch.equal(outputs.values[:, 4 * n : 4 * n + 4], alone.values)
        assert all(torch.equal(part, own) for part, own in zip(finals[n], final, strict=True))
    assert outputs.values.shape == (9, 4 * count)
