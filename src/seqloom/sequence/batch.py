"""The packed rows a network reads, and what it is to predict from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn.utils.rnn import PackedSequence


@dataclass(frozen=True)
class Packed:
    """Rows of sequences of different length, time-major, longest sequence first.

    Step `t` occupies `values[offsets[t] : offsets[t + 1]]`, one row per sequence still alive at `t`; `sizes` are the
    differences of those offsets. This is the layout of torch's `PackedSequence`; both convert without a copy.

    Args:
        values: the rows, [N, ...].
        sizes: sequences alive at each step, never increasing, int64 on the CPU, [T].
    """

    values: Tensor
    sizes: Tensor

    @classmethod
    def from_torch(cls, packed: PackedSequence) -> "Packed":
        """The same rows, seen as ours; the order of sequences stays with the caller."""
        return cls(packed.data, packed.batch_sizes)

    def to_torch(self) -> PackedSequence:
        """The same rows, seen as torch's."""
        return PackedSequence(self.values, self.sizes)

    def with_values(self, values: Tensor) -> "Packed":
        """Other rows in the same arrangement."""
        return Packed(values, self.sizes)

    @property
    def batch_size(self) -> int:
        """Number of sequences, `B`."""
        return int(self.sizes[0]) if len(self.sizes) else 0

    @property
    def steps(self) -> int:
        """Steps of the longest sequence, `T`."""
        return len(self.sizes)

    @property
    def equal(self) -> bool:
        """Whether all sequences have the same length."""
        return self.steps == 0 or bool(self.sizes[0] == self.sizes[-1])

    @property
    def lengths(self) -> Tensor:
        """Steps of each sequence, int64, [B], never increasing."""
        alive = torch.arange(self.batch_size).unsqueeze(1) < self.sizes.unsqueeze(0)  # [B, T]
        return alive.sum(dim=1)

    @property
    def starts(self) -> Tensor:
        """First row of each step, int64, [T]."""
        return torch.cumsum(self.sizes, 0) - self.sizes

    @property
    def last_rows(self) -> Tensor:
        """Row of each sequence's last step, int64, [B]."""
        return self.starts[self.lengths - 1] + torch.arange(self.batch_size)

    @property
    def row_steps(self) -> Tensor:
        """Which step each row belongs to, int64, [N]."""
        return torch.repeat_interleave(torch.arange(self.steps), self.sizes)

    @property
    def sequence_rows(self) -> Tensor:
        """Which sequence each row belongs to, int64, [N]."""
        return torch.arange(int(self.sizes.sum())) - torch.repeat_interleave(self.starts, self.sizes)


@dataclass(frozen=True)
class Batch:
    """Some examples, packed, with what is to be predicted from them.

    Row `b` of every per-sequence tensor belongs to sequence `b` of the packing (longest first); `order[b]` is its
    place among the examples as they were asked for.

    Args:
        numbers: step features, packed, [N, F]; for tasks with a target per step the first `C` features are the
            target's own history.
        codes: step categories, int64, [N, E], rows as in `numbers`.
        static_numbers: [B, G].
        static_codes: int64, [B, E2].
        future_numbers: the columns known ahead, over the horizon, [B, P, Fk].
        future_codes: the same for categories, int64, [B, P, Ek].
        target: what is to be predicted. Forecasts: the `P` next target values after each row, [N, P, C], or after each
            sequence's last, [B, P, C]; NaN where there is none. Sequences: [B] class numbers or [B, C] values. Values
            per step: [N, C]; classes per step: [N]. Symbols: those of all sequences, one after the other, [M].
        order: place of each sequence among the examples as asked for, int64, [B].
        target_lengths: how many symbols each sequence has, int64, [B]; None where targets are no symbols.
    """

    numbers: Packed
    codes: Tensor
    static_numbers: Tensor
    static_codes: Tensor
    future_numbers: Tensor
    future_codes: Tensor
    target: Tensor
    order: Tensor
    target_lengths: Tensor | None = None

    @property
    def batch_size(self) -> int:
        """Number of sequences, `B`."""
        return self.numbers.batch_size

    @property
    def rows(self) -> int:
        """Number of packed rows, `N`."""
        return int(self.numbers.values.shape[0])

    def shuffled(self, *, anew: bool) -> "Batch":
        """The same sequences, the steps of each in another order; what is to be predicted stays as it is.

        Args:
            anew: whether the order is drawn from torch's generator; else it is one that depends on a sequence's length
                alone, the same each time.
        """
        rows = self.numbers
        owner = rows.sequence_rows
        drawn = torch.rand(len(owner)) if anew else _fixed_draw(rows.row_steps, rows.lengths[owner])
        places = torch.argsort(owner, stable=True)  # sequence by sequence, in the order of steps
        source = torch.argsort(owner.double() + drawn.double())  # the same in the order drawn
        moved = torch.empty_like(source).index_copy(0, places, source)
        return replace(self, numbers=rows.with_values(rows.values[moved]), codes=self.codes[moved])

    def cut(self, sizes: Sequence[int]) -> "Iterator[Batch]":
        """Batches of so many sequences each, in order, of one whose sequences are all of the same length.

        Raises:
            ValueError: the lengths differ, or the sizes are not those of the whole.
        """
        if not self.numbers.equal or sum(sizes) != self.batch_size or self.target_lengths is not None:
            raise ValueError(f"expected equal lengths and sizes of {self.batch_size} in all, came sizes {list(sizes)}")
        many = list(sizes)
        alive = {size: self.numbers.sizes.new_full((self.numbers.steps,), size) for size in many}
        places = torch.arange(max(many, default=0))
        parts = zip(
            self._apart(self.numbers.values, many),
            self._apart(self.codes, many),
            torch.split(self.static_numbers, many),
            torch.split(self.static_codes, many),
            torch.split(self.future_numbers, many),
            torch.split(self.future_codes, many),
            self._apart(self.target, many) if len(self.target) == self.rows else torch.split(self.target, many),
            strict=True,
        )
        for size, (numbers, codes, own, own_codes, future, future_codes, target) in zip(many, parts, strict=True):
            rows = Packed(numbers, alive[size])
            yield Batch(rows, codes, own, own_codes, future, future_codes, target, places[:size])

    def _apart(self, rows: Tensor, sizes: list[int]) -> list[Tensor]:
        """The rows of so many sequences each, [T * b, ...], from those of all, [T * B, ...]."""
        steps = rows.view(self.numbers.steps, self.batch_size, *rows.shape[1:])
        return [own.flatten(0, 1) for own in torch.split(steps, sizes, dim=1)]


def _fixed_draw(steps: Tensor, lengths: Tensor) -> Tensor:
    """Numbers between 0 and 1 without a visible order, a function of step and length, [N]."""
    scattered = torch.sin((steps + 1).double() * 12.9898 + lengths.double() * 78.233) * 43_758.5453
    return scattered - scattered.floor()
