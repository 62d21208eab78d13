"""A text read in lanes: side by side, window after window, each where the one before it ended."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqloom.prepare.examples import Examples
from seqloom.sequence import Batch, Packed, spans

STEPS = 128
"""Steps of a window where nobody says otherwise."""


@dataclass(frozen=True)
class Lanes:
    """All rows of some examples laid end to end and cut into lanes of equal length, which are read in windows.

    Row `b` of every batch continues row `b` of the batch before: the state after one is where the other starts, so
    that a recurrence remembers across batches though gradients flow back through one window only. Lanes run on over
    the end of a sequence into the next one.

    Args:
        examples: what is read; batches hold its rows and their targets.
        tape: its rows in the order of reading, [N].
        count: lanes, `B`; the first of them are one row longer where they cannot all be alike.
        borders: where each window starts in the lanes, and where the last one ends, [windows + 1].
    """

    examples: Examples
    tape: NDArray[np.int64]
    count: int
    borders: NDArray[np.int64]

    @classmethod
    def of(
        cls, examples: Examples, count: int, steps: int | None = None, *, generator: np.random.Generator | None = None
    ) -> "Lanes":
        """Cut examples into lanes.

        Args:
            examples: in the order of reading, without a horizon.
            count: lanes at most; no more than there are rows.
            steps: rows of a window at most; windows are alike but for one row. None: 128.
            generator: draws where the reading begins, so that every pass is cut elsewhere; what stands before that
                row is read at the end. None: at the first row.
        """
        tape = spans(examples.start.astype(np.int64), examples.stop.astype(np.int64))
        if generator is not None:
            tape = np.roll(tape, -int(generator.integers(len(tape))))
        count = min(count, len(tape))
        length = -(-len(tape) // count)
        windows = -(-length // (steps or STEPS))
        borders = np.linspace(0, length, windows + 1).round().astype(np.int64)
        return cls(examples, tape, count, borders)

    def __len__(self) -> int:
        return len(self.borders) - 1

    def batch(self, window: int) -> Batch:
        """One window of all lanes.

        Args:
            window: its number.
        """
        rows, sizes = self._rows(*self.borders[window : window + 2].tolist())
        tensors, size = self.examples.tensors, int(sizes[0])
        first = np.searchsorted(self.examples.prepared.offsets, rows[:size].numpy(), side="right") - 1
        sequence = torch.from_numpy(first)
        return Batch(
            numbers=Packed(tensors.numbers.index_select(0, rows), sizes),
            codes=tensors.codes.index_select(0, rows).long(),
            static_numbers=tensors.static_numbers.index_select(0, sequence),
            static_codes=tensors.static_codes.index_select(0, sequence).long(),
            future_numbers=torch.zeros(size, 0, 0),
            future_codes=torch.zeros(size, 0, 0, dtype=torch.int64),
            target=tensors.targets.index_select(0, rows),
            order=torch.arange(size),
        )

    def _rows(self, start: int, stop: int) -> tuple[Tensor, Tensor]:
        """The rows of a window, packed, [N], and how many lanes there are at each of its steps, [T]."""
        length = int(self.borders[-1])
        longer = len(self.tape) - (length - 1) * self.count  # lanes that have the last step
        lane = np.arange(self.count)
        begin = lane * (length - 1) + np.minimum(lane, longer)
        steps = np.arange(start, stop)
        places = steps[:, None] + begin  # [T, B]
        alive = (steps[:, None] < length - 1) | (lane < longer)
        return torch.from_numpy(self.tape[places[alive]]), torch.from_numpy(alive.sum(axis=1))
