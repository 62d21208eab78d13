"""Mixup: learning from mixtures of two sequences."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

import torch
from torch import Tensor

from seqloom.model.members import Members, mean_loss
from seqloom.nn import State
from seqloom.sequence import Batch, Packed

Loss = Callable[[Tensor, Tensor], Tensor]


@dataclass(frozen=True)
class Mixture:
    """Each sequence of a batch mixed with another one, its label with the label of that one, in the same shares.

    Between two labelled sequences the answer is to change evenly: with few of them a network is less sure of what it
    has not seen. Numbers are mixed step by step; where the other sequence has ended already, and in its categories, a
    sequence stays as it is, which is why its own share is never the smaller one.

    Source: Zhang, Cisse, Dauphin & Lopez-Paz, "mixup: beyond empirical risk minimization", ICLR 2018.

    Args:
        share: of the sequence itself, from one half to 1.
        partner: the place of the other one, [B].
    """

    share: float
    partner: Tensor

    @classmethod
    def draw(cls, size: int, concentration: float) -> Self:
        """A mixture at random, from torch's generator.

        Args:
            size: sequences in the batch, `B`.
            concentration: both parameters of the beta distribution of the share: the smaller, the less is mixed.
        """
        share = float(torch.distributions.Beta(concentration, concentration).sample())
        return cls(max(share, 1 - share), torch.randperm(size))

    def __call__(self, batch: Batch) -> Batch:
        """The mixed batch; its targets are still those of each sequence itself."""
        numbers = batch.numbers
        others = numbers.values[_rows_beside(numbers, self.partner)]
        static = torch.lerp(batch.static_numbers[self.partner], batch.static_numbers, self.share)
        mixed = numbers.with_values(torch.lerp(others, numbers.values, self.share))
        return replace(batch, numbers=mixed, static_numbers=static)

    def loss(self, loss: Callable[[Tensor], Tensor], target: Tensor) -> Tensor:
        """The loss by both labels, each with its share.

        Args:
            loss: of the answers to the mixed batch, by these targets.
            target: of each sequence itself, [B].
        """
        return self.share * loss(target) + (1 - self.share) * loss(target[self.partner])


def mixed_loss(
    members: Members, state: State | None, batch: Batch, loss: Loss, concentration: float
) -> tuple[Tensor, State]:
    """The mean loss of networks on a batch, or on a mixture of its sequences, and their state after it.

    Args:
        members: the networks.
        state: where they start; None: their initial states.
        batch: sequences with targets.
        loss: of answers, by targets.
        concentration: how strongly sequences are mixed, see `Mixture.draw`; 0: not at all.
    """
    if not concentration:
        state, outputs = members(state, batch)
        return mean_loss(lambda answer: loss(answer, batch.target), outputs), state
    mixture = Mixture.draw(batch.batch_size, concentration)
    state, outputs = members(state, mixture(batch))

    def mixed(answer: Tensor) -> Tensor:
        return mixture.loss(lambda target: loss(answer, target), batch.target)

    return mean_loss(mixed, outputs), state


def _rows_beside(rows: Packed, partner: Tensor) -> Tensor:
    """For each row the row of the same step of the partner; its own where the partner has ended.

    Example:
        >>> _rows_beside(Packed(torch.zeros(3, 1), torch.tensor([2, 1])), torch.tensor([1, 0])).tolist()
        [1, 0, 2]
    """
    steps, other = rows.row_steps, partner[rows.sequence_rows]
    return torch.where(other < rows.sizes[steps], rows.starts[steps] + other, torch.arange(len(steps)))
