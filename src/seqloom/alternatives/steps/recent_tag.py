"""Logistic regression on the numbers of each step and on what they were shortly before."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.labelled import drawn
from seqloom.alternatives.linear import Classes, Linear, Scaling
from seqloom.prepare import Examples, covered_rows

WINDOWS = (5, 20)
"""Steps, the present one among them, whose means are seen beside it."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class RecentTag:
    """Logistic regression on the standardised numbers of a step and their means over the last 5 and the last 20 steps.

    Args:
        scaling: of the numbers and their means.
        linear: scores of the scaled numbers.
        outcomes: what the scores say of the classes.
    """

    scaling: Scaling
    linear: Linear
    outcomes: Classes
    name: ClassVar[str] = "recent"
    title: ClassVar[str] = "logistic regression on each step and means of the last ones"
    reach: ClassVar[int] = max(WINDOWS)

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 steps."""
        if not training.prepared.numbers.shape[1]:
            return Skipped("the steps have no numbers")
        classes = training.prepared.targets[covered_rows(training)]
        places = drawn(np.flatnonzero(classes >= 0), hints.seed)
        if len(np.unique(classes[places])) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
            return Skipped("the training part has fewer than two classes")
        steps = recent(training)[places]
        scaling = Scaling.of(steps)
        model = fitters().logistic(scaling(steps), classes[places])
        return cls(scaling, Linear.of(model), Classes.of(model, hints.classes))

    def predict(self, examples: Examples) -> Matrix:
        """The probability of each class at each step, [N, K]."""
        return self.outcomes.probabilities(self.linear(self.scaling(recent(examples))))


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
