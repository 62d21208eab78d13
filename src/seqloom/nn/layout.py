"""The layouts in which torch's recurrent layers take sequences, and the way from each to packed rows and back."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.utils.rnn import PackedSequence

from seqloom.sequence import Packed


class Layout(ABC):
    """Sequences as they were given."""

    @property
    @abstractmethod
    def numbers(self) -> Tensor:
        """The tensor that holds them, features last."""

    @property
    @abstractmethod
    def rows(self) -> Packed:
        """The steps, packed, [N, F]."""

    @abstractmethod
    def state_shape(self, depth: int, width: int) -> tuple[int, ...]:
        """The shape a part of a state is given in, for so many layers and directions of a width."""

    @abstractmethod
    def start(self, part: Tensor) -> Tensor:
        """A part of a state as given, in the order of the rows, [L * D, B, H]."""

    @abstractmethod
    def outputs(self, values: Tensor) -> Tensor | PackedSequence:
        """Packed outputs, [N, D * H], in the layout of the input."""

    @abstractmethod
    def final(self, part: Tensor) -> Tensor:
        """A part of a state, [L * D, B, H], as it would have been given."""


@dataclass(frozen=True)
class Single(Layout):
    """One sequence, [T, F]."""

    given: Tensor

    @property
    def numbers(self) -> Tensor:
        """As given."""
        return self.given

    @property
    def rows(self) -> Packed:
        """A row for each step."""
        return Packed(self.given, torch.ones(len(self.given), dtype=torch.int64, device="cpu"))

    def state_shape(self, depth: int, width: int) -> tuple[int, ...]:
        """[L * D, H]."""
        return depth, width

    def start(self, part: Tensor) -> Tensor:
        """One sequence is a batch of one."""
        return part.unsqueeze(1)

    def outputs(self, values: Tensor) -> Tensor:
        """[T, D * H]."""
        return values

    def final(self, part: Tensor) -> Tensor:
        """[L * D, H]."""
        return part.squeeze(1)


@dataclass(frozen=True)
class Equal(Layout):
    """Sequences of equal length, [T, B, F] or [B, T, F]."""

    given: Tensor
    batch_first: bool

    @property
    def numbers(self) -> Tensor:
        """As given."""
        return self.given

    @property
    def rows(self) -> Packed:
        """The same numbers; a copy only where they do not lie step by step."""
        steps, batch, features = self._steps(self.given).shape
        sizes = torch.full((steps,), batch, dtype=torch.int64, device="cpu")
        return Packed(self._steps(self.given).reshape(steps * batch, features), sizes)

    def state_shape(self, depth: int, width: int) -> tuple[int, ...]:
        """[L * D, B, H]."""
        return depth, self._steps(self.given).shape[1], width

    def start(self, part: Tensor) -> Tensor:
        """As it is."""
        return part

    def outputs(self, values: Tensor) -> Tensor:
        """[T, B, D * H] or [B, T, D * H]."""
        steps, batch, _ = self._steps(self.given).shape
        return self._steps(values.view(steps, batch, -1))

    def final(self, part: Tensor) -> Tensor:
        """As it is."""
        return part

    def _steps(self, tensor: Tensor) -> Tensor:
        """Steps before sequences, or the way back: the first two axes change places if they are to."""
        return tensor.transpose(0, 1) if self.batch_first else tensor


@dataclass(frozen=True)
class Ragged(Layout):
    """Sequences of any lengths, packed by torch, perhaps from another order."""

    given: PackedSequence

    @property
    def numbers(self) -> Tensor:
        """The rows."""
        return self.given.data

    @property
    def rows(self) -> Packed:
        """The same rows."""
        return Packed.from_torch(self.given)

    def state_shape(self, depth: int, width: int) -> tuple[int, ...]:
        """[L * D, B, H]."""
        return depth, int(self.given.batch_sizes[0]), width

    def start(self, part: Tensor) -> Tensor:
        """Longest sequence first."""
        return _ordered(part, self.given.sorted_indices)

    def outputs(self, values: Tensor) -> PackedSequence:
        """Packed as the input."""
        return PackedSequence(values, self.given.batch_sizes, self.given.sorted_indices, self.given.unsorted_indices)

    def final(self, part: Tensor) -> Tensor:
        """In the order before packing."""
        return _ordered(part, self.given.unsorted_indices)


def layout_of(given: Tensor | PackedSequence, *, batch_first: bool) -> Layout | None:
    """The layout of what a layer was given; None if it is none, or holds not a single step.

    Args:
        given: [T, F], [T, B, F], [B, T, F], or packed rows.
        batch_first: whether the batch is the first of three axes.
    """
    if isinstance(given, PackedSequence):
        return Ragged(given) if _sound(given) else None
    if given.dim() not in (2, 3) or given.numel() == 0:
        return None
    return Single(given) if given.dim() == 2 else Equal(given, batch_first)  # noqa: PLR2004 - steps and features


def _sound(given: PackedSequence) -> bool:
    """Whether packed rows are what their sizes say; they may have been put together by hand."""
    sizes = given.batch_sizes
    if given.data.dim() != 2 or given.data.numel() == 0 or sizes.dtype != torch.int64 or sizes.dim() != 1:  # noqa: PLR2004 - rows and features
        return False
    counts = sizes.numpy()
    falling = bool((counts[1:] <= counts[:-1]).all())
    return falling and int(counts[-1]) > 0 and int(counts.sum()) == len(given.data)


def _ordered(part: Tensor, places: Tensor | None) -> Tensor:
    """A part of a state with its sequences in another order."""
    return part if places is None else part.index_select(1, places)
