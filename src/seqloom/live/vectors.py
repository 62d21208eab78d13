"""What a network carries, as one row of numbers for each stream."""

import math

import torch
from torch import Tensor

from seqloom.model import Carried

LAYERED = 3
"""Dimensions of a state of several layers, [L, B, W]; what stands beside it is [B, W]."""


class Vectors:
    """Between the tensors of `Carried` and rows of `width` numbers.

    Args:
        begin: what is carried before the first step of one sequence.
    """

    def __init__(self, begin: Carried) -> None:
        self._state = type(begin.state)
        self._count = len(begin.state)
        parts = [*begin.state, *begin.beside]
        self._shapes = [tuple(part.shape) for part in parts]
        self._sizes = [math.prod(shape) for shape in self._shapes]
        self.width = sum(self._sizes)
        self.first = self.rows(begin)[0].detach().numpy()
        """What is carried before the first step, [width]."""

    def rows(self, carried: Carried) -> Tensor:
        """One row for each sequence, [B, width]."""
        parts = [*carried.state, *carried.beside]
        flat = [part.transpose(0, 1).flatten(1) if part.dim() == LAYERED else part for part in parts]
        return torch.cat(flat, dim=1)

    def carried(self, rows: Tensor) -> Carried:
        """The inverse of `rows`."""
        parts = []
        for shape, own in zip(self._shapes, torch.split(rows, self._sizes, dim=1), strict=True):
            layers = own.reshape(len(own), shape[0], -1).transpose(0, 1) if len(shape) == LAYERED else own
            parts.append(layers.contiguous())
        return Carried(self._state(*parts[: self._count]), tuple(parts[self._count :]))
