"""Hidden states: what a network knows after each step."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from seqloom.explain.question import Floats, Question
from seqloom.explain.watched import watch


@dataclass(frozen=True)
class States:
    """What the top layer of the first network showed after each step of some sequences.

    Args:
        values: one row for each step, one sequence after the other, [N, H].
        sequence: which sequence each belongs to, counted in the order asked for, [N].
        step: which step of it, from 0, [N].
        lengths: steps of each sequence, [B].
        split: unit from which on units read backwards; as many as there are: none does.
    """

    values: Floats
    sequence: NDArray[np.int64]
    step: NDArray[np.int64]
    lengths: NDArray[np.int64]
    split: int

    def __len__(self) -> int:
        return len(self.values)

    @property
    def through(self) -> Floats:
        """How far through its sequence each step is, 0 to 1, [N]."""
        last = np.maximum(1, self.lengths[self.sequence] - 1)
        return self.step.astype(np.float64) / last.astype(np.float64)

    def take(self, rows: NDArray[np.int64]) -> "States":
        """Only some of the steps."""
        return States(self.values[rows], self.sequence[rows], self.step[rows], self.lengths, self.split)

    def of(self, sequence: int) -> Floats:
        """The states of one sequence in order, [T, H]."""
        found: Floats = self.values[self.sequence == sequence]
        return found


def states(question: Question) -> States:
    """The states of the first network while it reads the sequences of a question."""
    with torch.no_grad():
        watched, _ = watch(question)
    parts = question.apart(watched.outputs[0])
    lengths = np.array([len(part) for part in parts], dtype=np.int64)
    sequence = np.repeat(np.arange(len(parts)), lengths)
    step = np.concatenate([np.arange(length) for length in lengths])
    values = np.concatenate(parts)
    return States(values, sequence, step, lengths, values.shape[1] // watched.recurrents[0].directions)
