"""The steps that new readings are: where they lie, and after which of them something is asked."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.live.arrival import Arrivals
from seqloom.model import Asked
from seqloom.prepare import Examples
from seqloom.sequence import Batch, PreparedDataset, SequenceDataset, spans


@dataclass(frozen=True)
class Newest:
    """The new steps of each stream. A reading is one step, or, of a text, as many as it has tokens.

    Args:
        examples: one for each stream: all of its new steps, [K].
        stream: which stream each reading is of, stream by stream, [M].
        stops: row after the last step of each reading, [M].
        steps: how many each is, [M].
    """

    examples: Examples
    stream: NDArray[np.int64]
    stops: NDArray[np.int64]
    steps: NDArray[np.int64]

    @classmethod
    def of(cls, dataset: SequenceDataset, prepared: PreparedDataset, arrivals: Arrivals) -> Self:
        """Where the new readings lie in a prepared data set.

        Raises:
            DataError: a reading has no step.
        """
        counts = arrivals.counts
        first = dataset.offsets[:-1] + arrivals.kept
        rows = spans(first, first + counts)
        start, stop = rows, rows + 1
        if prepared.starts is not None:
            start, stop = prepared.starts[rows], prepared.starts[rows + 1]
        if (start == stop).any():
            fix = "send a text, or nothing"
            raise DataError(dataset.source, expected="a text with a token", came="none", fix=fix)
        ends = arrivals.stops
        examples = Examples(prepared, np.arange(len(arrivals)), start[ends - counts], stop[ends - 1])
        return cls(examples, np.repeat(np.arange(len(arrivals)), counts), stop, stop - start)

    @property
    def ends(self) -> Examples:
        """The last step of each reading, [M]."""
        return replace(self.examples, sequence=self.stream, start=self.stops - 1, stop=self.stops)

    def asked(self, batch: Batch) -> Asked:
        """After which packed rows of the batch of all examples a reading ends.

        Args:
            batch: of `examples`, all of them.
        """
        packing, order = batch.numbers, batch.order.numpy()
        if packing.steps == 1:  # one reading of each stream
            return Asked(torch.argsort(batch.order), batch.order)
        place = np.argsort(order)[self.stream]
        last = self.stops - 1 - self.examples.start[self.stream]
        lengths = self.examples.stop - self.examples.start
        reading = np.repeat(np.arange(len(self.steps)), self.steps)  # of each step, stream by stream
        begin = (np.cumsum(lengths) - lengths)[order][packing.sequence_rows.numpy()]
        owner = reading[begin + packing.row_steps.numpy()]
        return Asked(packing.starts[torch.from_numpy(last)] + torch.from_numpy(place), torch.from_numpy(owner))
