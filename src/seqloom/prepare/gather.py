"""Rows of prepared matrices, picked and packed for a batch by index arithmetic."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqloom.sequence import PreparedDataset

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Tensors:
    """The matrices of a prepared data set as tensors that share its memory, [rows, columns] each."""

    numbers: Tensor
    codes: Tensor
    static_numbers: Tensor
    static_codes: Tensor
    targets: Tensor
    history: Tensor
    known: Tensor
    known_codes: Tensor

    @classmethod
    def of(cls, prepared: PreparedDataset) -> "Tensors":
        """See the matrices as tensors; nothing is copied or read."""
        targets = torch.from_numpy(prepared.targets)
        return cls(
            torch.from_numpy(prepared.numbers),
            torch.from_numpy(prepared.codes),
            torch.from_numpy(prepared.static_numbers),
            torch.from_numpy(prepared.static_codes),
            targets,
            targets if prepared.history is None else torch.from_numpy(prepared.history),
            torch.from_numpy(np.flatnonzero(prepared.known)),
            torch.from_numpy(np.flatnonzero(prepared.known_codes)),
        )


@dataclass(frozen=True)
class Packing:
    """Where the recurrent steps of some examples lie, in packed order.

    Args:
        order: place of each packed sequence among the examples as asked for, [B].
        sizes: sequences alive at each step, [T].
        start: first data row of each packed sequence, [B].
        segment: data rows of a step.
    """

    order: Indices
    sizes: Indices
    start: Indices
    segment: int

    @classmethod
    def of(cls, start: Indices, lengths: Indices, segment: int) -> "Packing":
        """Pack examples that begin at data rows `start` [B] and have `lengths` [B] steps of `segment` rows each."""
        size, steps = len(start), int(lengths.max(initial=0))
        if size and int(lengths.min()) == steps:
            return cls(np.arange(size), np.full(steps, size), start, segment)
        order = np.argsort(-lengths, kind="stable")
        sizes = np.greater.outer(lengths, np.arange(steps)).sum(axis=0)
        return cls(order, sizes, start[order], segment)

    @property
    def equal(self) -> bool:
        """Whether all sequences have the same length."""
        return len(self.sizes) == 0 or bool(self.sizes[0] == self.sizes[-1])

    @property
    def total(self) -> int:
        """Recurrent steps of all sequences, `N`."""
        return int(self.sizes.sum())

    @cached_property
    def first(self) -> Indices:
        """First data row of each recurrent step, [N]."""
        rows: Indices = self.start[self.member] + self._steps[0] * self.segment
        return rows

    @property
    def member(self) -> Indices:
        """Packed sequence of each recurrent step, [N]."""
        return self._steps[1]

    @cached_property
    def _steps(self) -> tuple[Indices, Indices]:
        """Time and packed sequence of each recurrent step, [N] each."""
        time, member = np.nonzero(np.greater.outer(self.sizes, np.arange(len(self.order))))
        return time, member


def pick(matrix: Tensor, rows: Indices, channel: Indices | None = None) -> Tensor:
    """Rows of a matrix, [rows..., C] flattened to [n, C]; with `channel`, broadcast over `rows`, one column of each."""
    if channel is not None:
        rows, matrix = rows * matrix.shape[1] + channel, matrix.reshape(-1, 1)
    return matrix.index_select(0, torch.from_numpy(rows.reshape(-1)))


def pick_columns(matrix: Tensor, rows: Indices, columns: Tensor) -> Tensor:
    """Some columns of some rows, [*rows, columns]."""
    if not len(columns):
        return matrix.new_empty(*rows.shape, 0)
    return pick(matrix, rows).index_select(1, columns).view(*rows.shape, len(columns))


def rows_of_each_step(matrix: Tensor, packing: Packing, channel: Indices | None = None) -> Tensor:
    """The `g` data rows of every recurrent step, [N, g, C].

    Args:
        matrix: [rows, C].
        packing: where the steps lie.
        channel: for each packed sequence the one column it is about, [B]; None for all.
    """
    segment, steps, size = packing.segment, len(packing.sizes), len(packing.order)
    if not matrix.shape[1]:
        return matrix.new_empty(packing.total, segment, 0)
    if not packing.equal:
        rows = np.add.outer(packing.first, np.arange(segment))
        one = None if channel is None else channel[packing.member, None]
        return pick(matrix, rows, one).view(len(rows), segment, -1)
    whole = stretches(matrix, packing.start, steps * segment, channel)  # [B, T g, C]
    return whole.view(size, steps, segment, -1).transpose(0, 1).reshape(steps * size, segment, -1)


def stretches(matrix: Tensor, first: Indices, length: int, channel: Indices | None = None) -> Tensor:
    """`length` rows from each of some rows on, [B, length, C]: one copy of memory for each.

    Args:
        matrix: [rows, C].
        first: [B].
        length: rows of each stretch.
        channel: the one column of each, [B]; None for all.
    """
    rows, width = matrix.shape
    flat = matrix.contiguous()
    if channel is None or width == 1:
        every = flat.as_strided((rows - length + 1, length, width), (width, width, 1))
        return every.index_select(0, torch.from_numpy(first))
    every = flat.as_strided(((rows - length + 1) * width, length, 1), (1, width, 1))
    return every.index_select(0, torch.from_numpy(first * width + channel))


def ahead_of_each_step(targets: Tensor, packing: Packing, horizon: int, channel: Indices | None) -> Tensor:
    """The `P` target values after the last row of every recurrent step, [N, P, C].

    Sequences of equal length need each target row once: the windows that overlap are views of one block, without a
    copy when a step is one row.

    Args:
        targets: [rows, C].
        packing: where the steps lie.
        horizon: `P`.
        channel: for each packed sequence the one target column it is about, [B]; None for all.
    """
    segment, steps, size = packing.segment, len(packing.sizes), len(packing.order)
    if not packing.equal:
        rows = packing.first[:, None] + np.arange(segment, segment + horizon)  # [N, P]
        one = None if channel is None else channel[packing.member, None]
        return pick(targets, rows, one).view(len(rows), horizon, -1)
    block = stretches(targets, packing.start + segment, (steps - 1) * segment + horizon, channel)
    width = block.shape[2]
    if segment == 1:
        across = size * width
        block = block.transpose(0, 1).contiguous()  # [T - 1 + P, B, C]
        return block.as_strided((steps * size, horizon, width), (width, across, 1))
    along = block.shape[1] * width
    ahead = block.as_strided((steps, size, horizon, width), (segment * width, along, width, 1))
    return ahead.reshape(steps * size, horizon, width)
