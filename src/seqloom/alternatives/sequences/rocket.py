"""Ridge regression on random convolution kernels: ROCKET."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.labelled import drawn, with_classes, with_values
from seqloom.alternatives.linear import softmax
from seqloom.alternatives.sequences.kernels import Kernels
from seqloom.prepare import Examples

KERNELS = 2_000
LEAST_KERNELS = 100
READ = 1_000_000_000
"""Numbers that all kernels together read of the training part, about; of long or many sequences there are fewer."""
SEQUENCES = 5_000
"""Sequences that are learned from, at most: ridge regression takes time by the square of them."""
PENALTIES = tuple(float(penalty) for penalty in 10.0 ** np.arange(-3, 4))

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """Weighted sums of what kernels find.

    Args:
        kernels: what is looked for.
        weights: of what each kernel finds, [2 k, outputs].
        constant: [outputs].
    """

    kernels: Kernels
    weights: Matrix
    constant: Matrix

    def __post_init__(self) -> None:
        if self.weights.shape != (2 * len(self.kernels.lengths), *self.constant.shape):
            raise ValueError(f"weights {self.weights.shape} do not fit constants {self.constant.shape}")

    @classmethod
    def of(cls, examples: Examples, targets: Matrix, seed: int) -> Self:
        """Learn targets [E, outputs] by ridge regression on standardised features, its penalty by leaving one out."""
        lengths = examples.stop - examples.start
        features = examples.prepared.numbers.shape[1]
        count = int(np.clip(READ // (int(lengths.sum()) * 9), LEAST_KERNELS, KERNELS))
        kernels = Kernels.drawn(count, features, int(np.median(lengths)), seed)
        found = kernels(examples)
        mean, spread = found.mean(axis=0), found.std(axis=0)
        spread[spread == 0] = 1.0
        ridge = fitters().ridge_left_out((found - mean) / spread, targets, PENALTIES)
        weights = np.asarray(ridge.coef_, dtype=np.float64).reshape(-1, found.shape[1]).T / spread[:, None]
        return cls(kernels, weights, np.ravel(ridge.intercept_) - mean @ weights)

    def __call__(self, examples: Examples) -> Matrix:
        """The sums for each example, [E, outputs]."""
        found: Matrix = self.kernels(examples) @ self.weights + self.constant
        return found


@dataclass(frozen=True)
class RocketClassifier:
    """Classes by ridge regression on each of them, the sums made into probabilities.

    They are as sure as serves the examples to choose by best, see `choose_temperature`.

    Args:
        sums: of each class that was met.
        met: the numbers of these classes.
        classes: number of classes, those without a training sequence included.
        temperature: what the sums are divided by.
    """

    sums: Fitted
    met: NDArray[np.int64]
    classes: int
    temperature: float
    name: ClassVar[str] = "rocket"
    title: ClassVar[str] = "ridge regression on random kernels"

    def __post_init__(self) -> None:
        known = (self.met >= 0) & (self.met < self.classes)
        if self.met.shape != self.sums.constant.shape or not known.all() or self.temperature <= 0:
            raise ValueError(f"{self.met.shape} of {self.classes} classes, temperature {self.temperature}")

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 5,000 sequences."""
        if not training.prepared.numbers.shape[1]:
            return Skipped("the steps have no numbers")
        examples, numbers = with_classes(training, hints.seed)
        places = drawn(np.arange(len(numbers)), hints.seed, most=SEQUENCES)
        examples, numbers = examples.take(places), numbers[places]
        met = np.unique(numbers)
        if len(met) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
            return Skipped("the training part has fewer than two classes")
        sums = Fitted.of(examples, np.where(numbers[:, None] == met, 1.0, -1.0), hints.seed)
        found = cls(sums, met, hints.classes, 0.5)
        if hints.choosing is None or not len(hints.choosing):
            return found
        chosen = fitters().choose_temperature(found.predict(hints.choosing), hints.choosing.truth())
        return cls(sums, met, hints.classes, found.temperature * chosen)

    def predict(self, examples: Examples) -> Matrix:
        """The probability of each class, [E, K]."""
        probabilities = np.zeros((len(examples), self.classes))
        probabilities[:, self.met] = softmax(self.sums(examples) / self.temperature)
        return probabilities


@dataclass(frozen=True)
class RocketRegressor:
    """Values by ridge regression.

    Args:
        sums: of each value.
    """

    sums: Fitted
    name: ClassVar[str] = "rocket"
    title: ClassVar[str] = "ridge regression on random kernels"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 5,000 sequences or beginnings of sequences."""
        if not training.prepared.numbers.shape[1]:
            return Skipped("the steps have no numbers")
        examples, values = with_values(training, hints.seed)
        places = drawn(np.arange(len(values)), hints.seed, most=SEQUENCES)
        if len(places) < 2:  # noqa: PLR2004 - one cannot be left out
            return Skipped("the training part has fewer than two known values")
        return cls(Fitted.of(examples.take(places), values[places], hints.seed))

    def predict(self, examples: Examples) -> Matrix:
        """The values of each example, [E, C]."""
        return self.sums(examples)
