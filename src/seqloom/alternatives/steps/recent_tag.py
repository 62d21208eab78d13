"""Logistic regression on the numbers of each step and on what they were shortly before."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.steps.logistic_tag import LogisticTag, Matrix
from seqloom.prepare import Examples, covered_rows

WINDOWS = (5, 20)
"""Steps, the present one among them, whose means are seen beside it."""


@dataclass(frozen=True)
class RecentTag(LogisticTag):
    """Logistic regression on the standardised numbers of a step and their means over the last 5 and the last 20 steps.

    Args:
        scaling: of the numbers and their means.
        linear: scores of the scaled numbers.
        outcomes: what the scores say of the classes.
    """

    name: ClassVar[str] = "recent"
    title: ClassVar[str] = "logistic regression on each step and means of the last ones"
    reach: ClassVar[int] = max(WINDOWS)

    @staticmethod
    def seen(examples: Examples, places: NDArray[np.int64] | slice) -> Matrix:
        """See `LogisticTag.seen`."""
        return recent(examples)[places]


def recent(examples: Examples) -> Matrix:
    """The numbers of each step, and their means over the last steps of its sequence, as far as there are so many.

    Returns:
        [N, 3 F].
    """
    numbers = np.asarray(examples.prepared.numbers[covered_rows(examples)], dtype=np.float64)
    lengths = (examples.stop - examples.start).astype(np.int64)
    begins = np.repeat(np.cumsum(lengths) - lengths, lengths)
    sums = np.concatenate([np.zeros((1, numbers.shape[1])), np.cumsum(numbers, axis=0)])
    ends = np.arange(1, len(numbers) + 1)
    first = [np.maximum(begins, ends - steps) for steps in WINDOWS]
    return np.concatenate([numbers, *((sums[ends] - sums[start]) / (ends - start)[:, None] for start in first)], axis=1)
