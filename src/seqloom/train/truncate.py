"""Truncated back-propagation through time: a batch as consecutive stretches of time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self, TypeVar

import torch
from torch import Tensor

from seqloom.errors import SettingsError
from seqloom.nn import State
from seqloom.prepare import Examples
from seqloom.sequence import Batch, Packed

S = TypeVar("S", bound=State)


@dataclass(frozen=True)
class Known:
    """Where the columns known ahead stand among the step features of a batch.

    Args:
        numbers: their places in a row of the data, counted from the row's end (negative).
        codes: the same among the categories.
        segment: rows of the data in one recurrent step.
    """

    numbers: tuple[int, ...]
    codes: tuple[int, ...]
    segment: int

    @classmethod
    def of(cls, examples: Examples) -> Self:
        """The places in the batches of these examples."""
        known, known_codes = examples.prepared.known, examples.prepared.known_codes
        numbers = tuple(int(place) - len(known) for place in known.nonzero()[0])
        codes = tuple(int(place) - len(known_codes) for place in known_codes.nonzero()[0])
        return cls(numbers, codes, examples.segment)


def stretches(batch: Batch, steps: int, known: Known) -> Iterator[Batch]:
    """The batch cut every `steps` steps of time, in order.

    Sequences which ended drop out: rows are sorted longest first, so those alive in a later stretch are the first
    ones of the batch. What is known ahead of a stretch is found in the stretches after it. Where a target belongs to a
    whole sequence, each of its stretches is asked for it. `order` keeps the places in the whole batch.

    Args:
        batch: examples with a target per step or per sequence.
        steps: steps of each stretch; the last one may be shorter.
        known: where the columns known ahead stand.

    Raises:
        SettingsError: the batch is longer than `steps` and its targets are sequences themselves.
    """
    if batch.numbers.steps <= steps:
        yield batch
        return
    _check_divisible(batch)
    by_steps, sizes = len(batch.target) == batch.rows, batch.numbers.sizes
    ends = torch.cumsum(sizes, 0).tolist()
    for first in range(0, len(sizes), steps):
        last = min(first + steps, len(sizes))
        rows, alive = slice(ends[first - 1] if first else 0, ends[last - 1]), int(sizes[first])
        ahead = _Ahead.of(batch.numbers, alive, last * known.segment, known.segment)
        yield replace(
            batch,
            numbers=Packed(batch.numbers.values[rows], sizes[first:last]),
            codes=batch.codes[rows],
            static_numbers=batch.static_numbers[:alive],
            static_codes=batch.static_codes[:alive],
            future_numbers=ahead.pick(batch.numbers.values, known.numbers, batch.future_numbers),
            future_codes=ahead.pick(batch.codes, known.codes, batch.future_codes),
            target=batch.target[rows] if by_steps else batch.target[:alive],
            order=batch.order[:alive],
        )


def carried(state: S, batch_size: int) -> S:
    """The state of the first `batch_size` sequences, cut off from its past."""
    return type(state)(*(tensor[:, :batch_size].detach() for tensor in state))  # [L*D, B, H] -> [L*D, b, H]


def asked(batch: Batch, steps: int) -> int:
    """How many values all stretches of a batch together are asked for.

    Args:
        batch: examples with targets.
        steps: steps of each stretch.

    Example:
        >>> rows = Packed(torch.zeros(4, 1), torch.tensor([2, 1, 1]))
        >>> nothing = torch.zeros(2, 0)
        >>> two = Batch(rows, nothing, nothing, nothing, nothing, nothing, torch.tensor([1, 0]), torch.arange(2))
        >>> asked(two, 3), asked(two, 2), asked(two, 1)
        (2, 3, 4)
    """
    if len(batch.target) == batch.rows or batch.target_lengths is not None:
        return terms(batch.target)
    alive = batch.numbers.sizes[::steps].tolist()
    return sum(terms(batch.target[:count]) for count in alive)


def terms(target: Tensor) -> int:
    """How many values there are to learn: neither NaN nor the class -1."""
    known = ~torch.isnan(target) if target.is_floating_point() else target >= 0
    return int(known.sum())


@dataclass(frozen=True)
class _Ahead:
    """What follows the first `b` sequences of a batch after a moment, or after their end if that is earlier.

    Args:
        first: the data row that follows, in each sequence, [b, 1].
        lengths: data rows of each sequence, [b, 1].
        starts: packed row where each step starts, [T].
        segment: data rows of a step.
    """

    first: Tensor
    lengths: Tensor
    starts: Tensor
    segment: int

    @classmethod
    def of(cls, rows: Packed, alive: int, moment: int, segment: int) -> Self:
        lengths = rows.lengths[:alive, None] * segment
        return cls(lengths.clamp(max=moment), lengths, torch.cumsum(rows.sizes, 0) - rows.sizes, segment)

    def pick(self, rows: Tensor, places: tuple[int, ...], future: Tensor) -> Tensor:
        """The known columns of the next `P` data rows, from the batch's rows and then from its future, [b, P, Fk]."""
        alive = len(self.lengths)
        if not places:
            return future[:alive]
        sequence = torch.arange(alive)[:, None]
        ahead = self.first + torch.arange(future.shape[1])  # [b, P]
        within = ahead.minimum(self.lengths - 1)
        packed = self.starts[within // self.segment] + sequence
        later = rows.view(len(rows), self.segment, -1)[packed, within % self.segment][..., list(places)]
        beyond = future[sequence, (ahead - self.lengths).clamp(min=0)]
        return torch.where((ahead < self.lengths)[..., None], later, beyond)


def _check_divisible(batch: Batch) -> None:
    ahead = batch.target.dim() == 3 and len(batch.target) != batch.rows  # noqa: PLR2004 - [B, P, C]: what follows the end
    if ahead or batch.target_lengths is not None:
        what = "what follows each sequence's end" if ahead else "targets that are sequences"
        raise SettingsError(
            "truncate",
            expected="a target for every step, or one for the whole sequence",
            came=f"{what}, and inputs of up to {batch.numbers.steps} steps",
            fix=f"leave truncate out, or set it to {batch.numbers.steps} or more",
        )
