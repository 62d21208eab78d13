"""States as named tuples of tensors."""

import pytest
import torch

from seqloom.nn import ElmanState, GRUState, LinearState, LSTMState, SLSTMState
from seqloom.nn.state import join, layer_of, parts_of, sequences_of, stack, state_of


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


@pytest.mark.parametrize("kind", [ElmanState, GRUState, LinearState, LSTMState, SLSTMState])
def test_a_state_is_made_again_from_its_parts(kind):
    """By the names of its tensors a state comes back with the same numbers, in memory of its own."""
    before = kind(*(torch.rand(1, 2, 3) for _ in kind._fields))
    parts = parts_of(before)
    after = state_of(parts)
    assert after._fields == before._fields
    assert all(torch.equal(one, other) for one, other in zip(after, before, strict=True))
    parts["hidden"].zero_()
    assert before.hidden.any()


def test_no_parts_are_no_state():
    """Where nothing was carried there is nothing to make a state of."""
    assert state_of({}) is None
