"""Logistic regression on the numbers of each step alone."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.labelled import drawn
from seqloom.alternatives.linear import Classes, Linear, Scaling
from seqloom.prepare import Examples, covered_rows

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class LogisticTag:
    """Logistic regression on the standardised numbers of a step, which knows no other step.

    Args:
        scaling: of the numbers.
        linear: scores of the scaled numbers.
        outcomes: what the scores say of the classes.
    """

    scaling: Scaling
    linear: Linear
    outcomes: Classes
    name: ClassVar[str] = "logistic"
    title: ClassVar[str] = "logistic regression on each step alone"
    reach: ClassVar[int] = 1

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 steps."""
        if not training.prepared.numbers.shape[1]:
            return Skipped("the steps have no numbers")
        classes = training.prepared.targets[covered_rows(training)]
        places = drawn(np.flatnonzero(classes >= 0), hints.seed)
        if len(np.unique(classes[places])) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
            return Skipped("the training part has fewer than two classes")
        steps = cls.seen(training, places)
        scaling = Scaling.of(steps)
        model = fitters().logistic(scaling(steps), classes[places])
        return cls(scaling, Linear.of(model), Classes.of(model, hints.classes))

    def predict(self, examples: Examples) -> Matrix:
        """The probability of each class at each step, [N, K]."""
        return self.outcomes.probabilities(self.linear(self.scaling(self.seen(examples, slice(None)))))

    @staticmethod
    def seen(examples: Examples, places: NDArray[np.int64] | slice) -> Matrix:
        """What is seen at some of the steps of the examples, laid end to end, [S, F]."""
        return np.asarray(examples.prepared.numbers[covered_rows(examples)[places]], dtype=np.float64)
