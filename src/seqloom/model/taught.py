"""Target symbols arranged for teaching: what a decoder is shown at each step, and what it is to answer."""

from dataclasses import dataclass
from typing import Self

import torch
from jaxtyping import Int
from torch import Tensor

from seqloom.sequence import Packed


@dataclass(frozen=True)
class Taught:
    """The targets of a batch, one after the other, as packed rows of their own.

    A target of `n` symbols has `n + 1` steps: first a mark is shown and the first symbol asked for, last the last
    symbol is shown and the mark asked for. Sources are packed by their lengths, targets by theirs: `order` leads from
    one to the other.

    Args:
        shown: the symbol before each step, [N].
        asked: the symbol of each step, [N].
        order: which sequence of the batch each packed target belongs to, [B].
        rows: the packed row of each step of the batch's first sequence, then of its second, and so on, [N].
        counts: steps of each sequence of the batch, [B].
    """

    shown: Packed
    asked: Int[Tensor, "N"]
    order: Int[Tensor, "B"]
    rows: Int[Tensor, "N"]
    counts: tuple[int, ...]

    @classmethod
    def of(cls, target: Int[Tensor, "M"], lengths: Int[Tensor, "B"], mark: int) -> Self:
        """Arrange targets.

        Args:
            target: the symbols of all sequences, one sequence after the other.
            lengths: symbols of each.
            mark: stands before each target and after it.

        Example:
            >>> taught = Taught.of(torch.tensor([5, 6, 7]), torch.tensor([1, 2]), 9)
            >>> taught.order.tolist(), taught.shown.values.tolist(), taught.asked.tolist()
            ([1, 0], [9, 9, 6, 5, 7], [6, 5, 7, 9, 9])
        """
        steps = lengths + 1
        order = torch.argsort(steps, descending=True, stable=True)
        place = torch.argsort(order)  # the packed target of each sequence
        sizes = (steps.unsqueeze(1) > torch.arange(int(steps.max()))).sum(dim=0) if len(steps) else steps
        first = torch.cumsum(sizes, 0) - sizes  # first packed row of each step
        owner = torch.repeat_interleave(torch.arange(len(steps)), steps)
        step = torch.arange(len(owner)) - torch.repeat_interleave(torch.cumsum(steps, 0) - steps, steps)
        rows = first[step] + place[owner]
        shown, asked = (torch.full((len(owner),), mark) for _ in range(2))
        shown[rows[step > 0]] = target
        asked[rows[step + 1 < steps[owner]]] = target
        return cls(Packed(shown, sizes), asked, order, rows, tuple(steps.tolist()))

    def packed(self, values: Tensor) -> Packed:
        """Numbers of each step, one sequence of the batch after the other, [N, F], as packed rows."""
        return self.shown.with_values(torch.empty_like(values).index_copy(0, self.rows, values))
