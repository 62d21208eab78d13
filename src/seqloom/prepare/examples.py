"""Examples: index ranges of a prepared data set, made into batches when they are asked for."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray

from seqloom.prepare.gather import (
    Indices,
    Packing,
    Tensors,
    ahead_of_each_step,
    pick_columns,
    rows_of_each_step,
    stretches,
)
from seqloom.sequence import Array, Batch, Packed, PreparedDataset, spans

Places = NDArray[np.integer[Any]]
Supervised = Literal["every", "last"]


@dataclass(frozen=True)
class Examples:
    """What a network is trained on and judged by: windows of sequences, or whole ones. Nothing is copied.

    With a horizon `P` an example sees the rows `start` to `stop` and is to predict the targets of the `P` rows that
    follow, which lie within its sequence. Without one it sees the same rows, and is to predict the sequence's target,
    or that of each of its rows.

    With a segment `g` above 1 a recurrent step is `g` rows side by side: first all of the step's first row (its
    targets, then its features), then all of its second.

    Args:
        prepared: the rows.
        sequence: which sequence each example lies in, [E].
        start: first row of the lookback, [E].
        stop: row after the lookback, [E].
        horizon: steps ahead, `P`; 0 for none.
        segment: rows of one recurrent step; divides every lookback.
        channel: the one target column each example is about, [E]; None: all of them jointly. Among several columns
            its number is the last static category of the example.
        supervised: whether batches hold what is to be predicted after every recurrent step, or after the last alone.
        warm: steps at the beginning of each example that are only read: batches hold no target of theirs, [E]; None:
            of every step. Without a horizon, where every row has a value.
        carried: whether they are read one after the other, each from the state the one before left; see `Lanes`.
    """

    prepared: PreparedDataset
    sequence: Places
    start: Places
    stop: Places
    horizon: int = 0
    segment: int = 1
    channel: Places | None = None
    supervised: Supervised = "every"
    warm: Places | None = None
    carried: bool = False

    def __len__(self) -> int:
        return len(self.start)

    @property
    def reads_targets(self) -> bool:
        """Whether the targets' own past is an input: with a horizon, or where they are watched."""
        return bool(self.horizon) or self.prepared.watched

    @property
    def lengths(self) -> Places:
        """Recurrent steps of each example, [E]."""
        lengths: Places = (self.stop - self.start) // self.segment
        return lengths

    @cached_property
    def tensors(self) -> Tensors:
        """The prepared matrices as tensors."""
        return Tensors.of(self.prepared)

    def take(self, indices: Places | slice) -> "Examples":
        """Only these examples, in this order."""
        channel = None if self.channel is None else self.channel[indices]
        return replace(
            self,
            sequence=self.sequence[indices],
            start=self.start[indices],
            stop=self.stop[indices],
            channel=channel,
            warm=None if self.warm is None else self.warm[indices],
        )

    def batch(self, indices: Places) -> Batch:
        """Some examples, packed; see `Batch` for what it holds.

        Args:
            indices: places of the examples, [B].
        """
        start, stop = self.start[indices].astype(np.int64), self.stop[indices].astype(np.int64)
        packing = Packing.of(start, (stop - start) // self.segment, self.segment)
        asked = np.asarray(indices)[packing.order]
        sequence = torch.from_numpy(self.sequence[asked].astype(np.int64))
        future = np.add.outer(stop[packing.order], np.arange(self.horizon))  # [B, P]
        tensors = self.tensors
        target, target_lengths = self._symbols(asked) if self._of_symbols else (self._target(packing, asked), None)
        return Batch(
            numbers=Packed(self._numbers(packing, asked), torch.from_numpy(packing.sizes)),
            codes=rows_of_each_step(tensors.codes, packing).long().flatten(1),
            static_numbers=tensors.static_numbers.index_select(0, sequence),
            static_codes=self._static_codes(sequence, asked),
            future_numbers=pick_columns(tensors.numbers, future, tensors.known),
            future_codes=pick_columns(tensors.codes, future, tensors.known_codes).long(),
            target=target,
            order=torch.from_numpy(packing.order),
            target_lengths=target_lengths,
        )

    def keys(self) -> Array:
        """Name of each example's sequence, [E]."""
        keys: Array = self.prepared.keys[self.sequence]
        return keys

    def times(self) -> Array:
        """Time stamp of each step ahead, [E, P]; without a clock the number of the row in its sequence, from 0."""
        rows = self._future()
        if self.prepared.times is None:
            return rows - self.prepared.offsets[self.sequence][:, None]
        times: Array = self.prepared.times[rows]
        return times

    def truth(self) -> Array:
        """What is to be predicted, in scaled units.

        Returns:
            Forecasts: [E, P, C], NaN where there is no value. Without a horizon: class numbers [E], values of each
            sequence [E, C], or, where every row has a value, that of the last row, [E, C]. Symbols: one array for
            each example, [E].
        """
        targets, offsets = self.prepared.targets, self.prepared.target_offsets
        if offsets is not None:
            found = np.empty(len(self), dtype=object)
            found[:] = [targets[offsets[one] : offsets[one + 1]] for one in self.sequence.tolist()]
            return found
        if self.horizon == 0:
            last: Array = targets[self.stop - 1 if self.prepared.per_step_target else self.sequence]
            return last
        rows = self._future()
        if self.channel is None:
            return np.asarray(targets[rows])
        return np.asarray(targets[rows, self.channel[:, None]])[:, :, None]

    def _future(self) -> Indices:
        rows: Indices = np.add.outer(self.stop.astype(np.int64), np.arange(self.horizon))
        return rows

    def _numbers(self, packing: Packing, asked: Places) -> torch.Tensor:
        """Step features, [N, g * F]; targets' own history comes first, with a horizon or where they are watched."""
        tensors, parts = self.tensors, []
        if self.reads_targets:
            channel = None if self.channel is None else self.channel[asked].astype(np.int64)
            parts.append(rows_of_each_step(tensors.history, packing, channel))
        if tensors.numbers.shape[1] or not parts:
            parts.append(rows_of_each_step(tensors.numbers, packing))
        return (torch.cat(parts, dim=2) if len(parts) > 1 else parts[0]).flatten(1)

    def _static_codes(self, sequence: torch.Tensor, asked: Places) -> torch.Tensor:
        """Static categories, [B, E2]; examples of one of several target columns have its number as the last."""
        codes = self.tensors.static_codes.index_select(0, sequence).long()
        if self.channel is None or len(self.prepared.target_names) == 1:
            return codes
        channel = torch.from_numpy(self.channel[asked].astype(np.int64))
        return torch.cat([codes, channel.unsqueeze(1)], dim=1)

    @property
    def _of_symbols(self) -> bool:
        return self.prepared.target_offsets is not None

    def _symbols(self, asked: Places) -> tuple[torch.Tensor, torch.Tensor]:
        """The symbols of some examples, one after the other, [M], and how many each has, [B]."""
        offsets = np.asarray(self.prepared.target_offsets)
        begin, end = offsets[self.sequence[asked]], offsets[self.sequence[asked] + 1]
        rows = torch.from_numpy(spans(begin, end))
        return self.tensors.targets.index_select(0, rows), torch.from_numpy(end - begin)

    def _unless_warm(self, rows: torch.Tensor, packing: Packing, asked: Places) -> torch.Tensor:
        """Targets of all steps, [N, C], NaN at those that are only read."""
        warm = self.warm[asked] if self.warm is not None else np.zeros(len(asked), np.int64)
        only_read = (packing.first - packing.start[packing.member]) // self.segment < warm[packing.member]
        return rows.masked_fill(torch.from_numpy(only_read)[:, None], torch.nan)

    def _target(self, packing: Packing, asked: Places) -> torch.Tensor:
        targets = self.tensors.targets
        if self.horizon:
            channel = None if self.channel is None else self.channel[asked].astype(np.int64)
            if self.supervised == "last":
                return stretches(targets, self.stop[asked].astype(np.int64), self.horizon, channel)
            return ahead_of_each_step(targets, packing, self.horizon, channel)
        if self.prepared.per_step_target:
            rows = targets.index_select(0, torch.from_numpy(packing.first + self.segment - 1))
            return rows if self.warm is None else self._unless_warm(rows, packing, asked)
        return targets.index_select(0, torch.from_numpy(self.sequence[asked].astype(np.int64)))
