"""Networks of one form, trained side by side, whose answers are averaged."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from seqloom.nn import State
from seqloom.sequence import Batch


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


def _apart(state: State | None, count: int) -> Sequence[State | None]:
    """The state of each network."""
    if state is None or count == 1:
        return [state] * count
    return [type(state)(*shares) for shares in zip(*(tensor.chunk(count, dim=-1) for tensor in state), strict=True)]


def _beside(states: Sequence[State]) -> State:
    """The states of all networks in one."""
    if len(states) == 1:
        return states[0]
    return type(states[0])(*(torch.cat(parts, dim=-1) for parts in zip(*states, strict=True)))
