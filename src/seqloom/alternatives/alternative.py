"""The contract of an alternative: a simple method that a recurrent model has to beat."""

from dataclasses import dataclass
from typing import ClassVar, Protocol, Self

from seqloom.prepare import Examples
from seqloom.sequence import Array


@dataclass(frozen=True)
class Hints:
    """What an alternative may know besides the training examples.

    Args:
        season: steps after which the series repeats itself; 1: no season known.
        classes: number of classes; 0 where values are predicted.
        seed: seed of everything drawn.
        choosing: examples that thresholds may be chosen by, and nothing else learned from; None: there are none.
    """

    season: int = 1
    classes: int = 0
    seed: int = 0
    choosing: Examples | None = None


@dataclass(frozen=True)
class Skipped:
    """An alternative that could not be fitted, and why: a clause that completes "skipped because ..."."""

    reason: str


class Alternative(Protocol):
    """A fitted alternative. A new one is one file with such a class, named by a task.

    Forecasts may look back farther than the lookback, never beyond the last step of it. All numbers are in the scaled
    units of the prepared data.
    """

    name: ClassVar[str]
    """The key of its metrics."""
    title: ClassVar[str]
    """How a sentence calls it."""

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from the training examples alone, or say why that cannot be done."""

    def predict(self, examples: Examples) -> Array:
        """The answer for each example: values [E, P, C], [E, C], probabilities [E, K], labels, symbols or texts.

        Labels are [E, K, 2]: the probability of each, and 1 where it is given.
        Symbols are one int64 array for each example, in an array of objects, [E]; texts are
        strings in such an array.
        """
