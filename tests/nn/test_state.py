"""States as named tuples of tensors."""

import pytest
import torch

from seqloom.nn import LSTMState
from seqloom.nn.state import join, layer_of, sequences_of, stack


@pytest.fixture
def state():
    """The state of four sequences, all numbers different."""
    numbers = torch.arange(24.0).reshape(2, 4, 3)
    return LSTMState(numbers[0], numbers[1])


def test_sequences_taken_apart_join_to_the_whole(state):
    """The first and the other sequences together are all of them."""
    whole = join([sequences_of(state, 0, 1), sequences_of(state, 1)])
    assert torch.equal(whole.hidden, state.hidden)
    assert torch.equal(whole.cell, state.cell)


def test_layers_taken_from_a_stack_are_those_it_was_made_of(state):
    """Layer by layer a stack gives back what was stacked, parts in their places."""
    other = LSTMState(-state.hidden, -state.cell)
    whole = stack([state, other])
    assert torch.equal(layer_of(whole, 0).cell, state.cell)
    assert torch.equal(layer_of(whole, 1).hidden, other.hidden)
