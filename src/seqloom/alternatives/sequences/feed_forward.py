"""Feed-forward nets that see the features of a sequence without their order."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.labelled import with_classes, with_values
from seqloom.alternatives.linear import Classes, Scaling
from seqloom.alternatives.perceptron import Perceptron
from seqloom.alternatives.sequences.features import order_blind
from seqloom.prepare import Examples

ENOUGH_TO_STOP_EARLY = 2_000
"""Examples from which a tenth can be spared to find out when to stop."""

TITLE = "a feed-forward net blind to the order of steps"


@dataclass(frozen=True)
class FeedForwardClassifier:
    """One hidden layer of 64 on standardised statistics that no reordering of the steps would change.

    Args:
        scaling: of the statistics.
        net: gives scores of the scaled statistics.
        outcomes: what the scores say of the classes.
    """

    scaling: Scaling
    net: Perceptron
    outcomes: Classes
    name: ClassVar[str] = "feed_forward"
    title: ClassVar[str] = TITLE

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 sequences."""
        examples, numbers = with_classes(training, hints.seed)
        counts = np.unique(numbers, return_counts=True)[1]
        if len(counts) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
            return Skipped("the training part has fewer than two classes")
        stop_early = len(numbers) >= ENOUGH_TO_STOP_EARLY and counts.min() > 1
        features = order_blind(examples)
        scaling = Scaling.of(features)
        net = fitters().feed_forward(scaling(features), numbers, hints.seed, stop_early=stop_early)
        return cls(scaling, Perceptron.of(net), Classes.of(net, hints.classes))

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The probability of each class, [E, K]."""
        return self.outcomes.probabilities(self.net(self.scaling(order_blind(examples))))


@dataclass(frozen=True)
class FeedForwardRegressor:
    """The same net for values.

    Args:
        scaling: of the statistics.
        net: gives the values of the scaled statistics.
    """

    scaling: Scaling
    net: Perceptron
    name: ClassVar[str] = "feed_forward"
    title: ClassVar[str] = TITLE

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 sequences or beginnings of sequences."""
        examples, values = with_values(training, hints.seed)
        if len(values) < 2:  # noqa: PLR2004 - nothing varies in one
            return Skipped("the training part has fewer than two known values")
        stop_early = len(values) >= ENOUGH_TO_STOP_EARLY
        target = values if values.shape[1] > 1 else values[:, 0]
        features = order_blind(examples)
        scaling = Scaling.of(features)
        net = fitters().feed_forward(scaling(features), target, hints.seed, stop_early=stop_early)
        return cls(scaling, Perceptron.of(net))

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The values of each example, [E, C]."""
        return self.net(self.scaling(order_blind(examples)))
