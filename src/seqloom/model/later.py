"""Rows of packed sequences some steps later or earlier."""

import torch
from torch import Tensor

from seqloom.sequence import Packed


def later(packing: Packed, steps: Tensor) -> tuple[Tensor, Tensor]:
    """For each packed row those of the same sequence some steps away.

    Args:
        packing: the rows.
        steps: how many steps later, less than 0 for earlier, [K].

    Returns:
        The rows, 0 where there is none, and whether there is one, [N, K] each.

    Example:
        >>> packing = Packed(torch.zeros(5), torch.tensor([2, 2, 1]))
        >>> later(packing, torch.tensor([1]))[0][:, 0].tolist()
        [2, 3, 4, 0, 0]
    """
    step = packing.row_steps.unsqueeze(1) + steps
    sequence = packing.sequence_rows.unsqueeze(1)
    inside = (step >= 0) & (step < packing.steps)
    step = step.clamp(0, max(0, packing.steps - 1))
    there = inside & (sequence < packing.sizes[step])
    return torch.where(there, packing.starts[step] + sequence, 0), there
