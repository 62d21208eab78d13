"""What a recurrence remembers between steps: named tuples of tensors, argument and result, never an attribute.

The same types hold the state of one cell, tensors [B, H], and of a whole stack, tensors [L * D, B, H].
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

import torch
from jaxtyping import Float
from torch import Tensor


class ElmanState(NamedTuple):
    """The state of Elman's network: its hidden vector, which is also its output."""

    hidden: Float[Tensor, "... B H"]


class LSTMState(NamedTuple):
    """The state of an LSTM: its hidden vector, which is also its output, and its memory cell."""

    hidden: Float[Tensor, "... B H"]
    cell: Float[Tensor, "... B H"]


class GRUState(NamedTuple):
    """The state of a GRU: its hidden vector, which is also its output."""

    hidden: Float[Tensor, "... B H"]


class LinearState(NamedTuple):
    """The state of a recurrence that is linear in it: its hidden vector, minGRU, minLSTM and LRU."""

    hidden: Float[Tensor, "... B W"]


class SLSTMState(NamedTuple):
    """The state of an sLSTM: hidden vector, memory cell, and what the cell is divided by and scaled with.

    Cell and normaliser are kept divided by the exponential of the stabiliser, so that neither overflows.
    """

    hidden: Float[Tensor, "... B H"]
    cell: Float[Tensor, "... B H"]
    normaliser: Float[Tensor, "... B H"]
    stabiliser: Float[Tensor, "... B H"]


State = ElmanState | LSTMState | GRUState | LinearState | SLSTMState
S = TypeVar("S", bound=State)


def sequences_of(state: S, start: int, stop: int | None = None) -> S:
    """The state, [B, H], of the sequences from `start` up to `stop`."""
    return type(state)(*(tensor[start:stop] for tensor in state))


def join(states: Sequence[S]) -> S:
    """The state of several groups of sequences, [B, H] each, one group after the other."""
    return type(states[0])(*(torch.cat(parts) for parts in zip(*states, strict=True)))


def stack(states: Sequence[S]) -> S:
    """The state of a stack, [L * D, B, H], from those of its layers and directions, [B, H] each."""
    if len(states) == 1:
        return type(states[0])(*(part.unsqueeze(0) for part in states[0]))
    return type(states[0])(*(torch.stack(parts) for parts in zip(*states, strict=True)))


def layer_of(state: S, index: int) -> S:
    """The state, [B, H], of one layer and direction of a stack."""
    return type(state)(*(tensor[index] for tensor in state))


def parts_of(state: State) -> dict[str, Tensor]:
    """The tensors of a state by name, each of memory of its own."""
    return {name: tensor.detach().clone() for name, tensor in state._asdict().items()}


def state_of(parts: Mapping[str, Tensor]) -> State | None:
    """The state with these tensors; None: there are none.

    States of one hidden vector alone are alike.
    """
    kinds = (GRUState, LSTMState, SLSTMState)
    found: type[State] | None = next((kind for kind in kinds if set(kind._fields) == set(parts)), None)
    return None if found is None else found(**parts)
