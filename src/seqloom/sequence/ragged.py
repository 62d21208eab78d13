"""Rows of which each sequence has its own number."""

from typing import NamedTuple

import torch
from torch import Tensor


class Ragged(NamedTuple):
    """Rows of sequences, one sequence after the other.

    Attributes:
        values: the rows, [M, ...].
        lengths: how many of them each sequence has, int64, [B].
    """

    values: Tensor
    lengths: Tensor

    def take(self, sequences: Tensor) -> "Ragged":
        """The rows of these sequences, in this order.

        Example:
            >>> Ragged(torch.tensor([7, 8, 9]), torch.tensor([2, 1])).take(torch.tensor([1, 0])).values.tolist()
            [9, 7, 8]
        """
        parts = torch.split(self.values, self.lengths.tolist())
        chosen = [parts[sequence] for sequence in sequences.tolist()]
        return Ragged(torch.cat(chosen) if chosen else self.values[:0], self.lengths[sequences])
