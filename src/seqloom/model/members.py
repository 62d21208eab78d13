"""Networks of one form, trained side by side, whose answers are averaged."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Protocol, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from seqloom.model.model import Asked, Carried, SequenceModel
from seqloom.nn import State
from seqloom.sequence import Batch


class ReadsOn(Protocol):
    """A network that can be read piece by piece, see `SequenceModel.reach`, `begin` and `read_on`."""

    @property
    def reach(self) -> int | None:
        """Steps up to the present that an answer is made of."""

    def begin(self, count: int) -> Carried:
        """What is carried before the first step."""

    def read_on(self, carried: Carried, batch: Batch, asked: Asked) -> tuple[Carried, list[Tensor]]:
        """What is carried after further steps, and the answers of each branch."""


class Members(nn.Module):
    """Networks that start from different weights and learn each for itself.

    What one of them owes to the chance of its initial weights, the others do not share: the mean of their answers is
    better than a single one's, most of all where there is little to learn from (Lakshminarayanan, Pritzel & Blundell,
    "Simple and scalable predictive uncertainty estimation using deep ensembles", NeurIPS 2017).

    Args:
        make: makes a network with fresh weights; called with a state, or None, and a batch it gives the state after the
            batch and a list of answers, one of each of its branches.
        count: how many.
    """

    def __init__(self, make: Callable[[], nn.Module], count: int) -> None:
        super().__init__()
        self.networks = nn.ModuleList(make() for _ in range(count))

    def forward(self, state: State | None, batch: Batch) -> tuple[State, list[Tensor]]:
        """The states of all networks side by side, [L * D, B, M * H], and the answers of all, one after the other."""
        states: list[State] = []
        outputs: list[Tensor] = []
        for own, network in zip(_apart(state, len(self.networks)), self.networks, strict=True):
            after, answers = network(own, batch)
            states.append(after)
            outputs.extend(answers)
        return _beside(states), outputs

    @property
    def reach(self) -> int | None:
        """That of each network, see `SequenceModel.reach`."""
        return self._reading[0].reach

    def begin(self, count: int) -> Carried:
        """What the networks carry before the first step of `count` sequences."""
        return _joined([network.begin(count) for network in self._reading])

    def read_on(self, carried: Carried, batch: Batch, asked: Asked) -> tuple[Carried, list[Tensor]]:
        """What the networks carry after further steps, and the answers of all."""
        count = len(self.networks)
        each = len(carried.beside) // count
        after: list[Carried] = []
        outputs: list[Tensor] = []
        for place, (state, network) in enumerate(zip(_shares(carried.state, count), self._reading, strict=True)):
            beside = carried.beside[place * each : (place + 1) * each]
            own, answers = network.read_on(Carried(state, beside), batch, asked)
            after.append(own)
            outputs.extend(answers)
        return _joined(after), outputs

    @property
    def _reading(self) -> "list[ReadsOn]":
        return [cast("ReadsOn", network) for network in self.networks]


class MembersModel(SequenceModel):
    """A model whose answer is put together from those of its networks; it reads on where each of them can."""

    members: Members

    @abstractmethod
    def together(self, outputs: list[Tensor]) -> dict[str, Tensor]:
        """The answer by name, in scaled units, from those of all networks."""

    def predict(self, batch: Batch) -> dict[str, Tensor]:
        """The answer for sequences, or for each of their steps; see `together`."""
        return self.together(self.members(None, batch)[1])

    @property
    def reach(self) -> int | None:
        """Nothing but what is carried, unless a network reads backwards or whole sequences at once."""
        return self.members.reach

    def begin(self, count: int) -> Carried:
        """What the networks carry before the first step."""
        return self.members.begin(count)

    def read_on(self, batch: Batch, carried: Carried, asked: Asked) -> tuple[dict[str, Tensor], Carried]:
        """The answer of all steps up to those asked for, or of these; see `together`."""
        carried, outputs = self.members.read_on(carried, batch, asked)
        return self.together(outputs), carried


def mean_loss(loss: Callable[[Tensor], Tensor], outputs: Sequence[Tensor]) -> Tensor:
    """The mean of the losses of several outputs, so that each network learns from its own alone."""
    return torch.stack([loss(output) for output in outputs]).mean()


def mean_log_odds(logits: Tensor) -> Tensor:
    """The log-odds of the mean of some probabilities.

    Args:
        logits: of each network, [M, ...].

    Example:
        >>> round(mean_log_odds(torch.tensor([2.0, -2.0])).item(), 4)
        0.0
    """
    one, other = (functional.logsigmoid(signed).logsumexp(dim=0) for signed in (logits, -logits))
    return one - other


def _joined(carried: Sequence[Carried]) -> Carried:
    """What all networks carry, in one."""
    return Carried(_beside([own.state for own in carried]), tuple(part for own in carried for part in own.beside))


def _apart(state: State | None, count: int) -> Sequence[State | None]:
    """The state of each network, where there is one."""
    return [None] * count if state is None else _shares(state, count)


def _shares(state: State, count: int) -> Sequence[State]:
    """The state of each network."""
    if count == 1:
        return [state]
    return [type(state)(*shares) for shares in zip(*(tensor.chunk(count, dim=-1) for tensor in state), strict=True)]


def _beside(states: Sequence[State]) -> State:
    """The states of all networks in one."""
    if len(states) == 1:
        return states[0]
    return type(states[0])(*(torch.cat(parts, dim=-1) for parts in zip(*states, strict=True)))
