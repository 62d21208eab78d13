"""The contract of an alternative: a simple method that a recurrent model has to beat."""

from dataclasses import dataclass
from typing import ClassVar, Protocol, Self, runtime_checkable

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
        false_alarms: share of usual steps that may be beyond a threshold of anomalies.
        span: steps over which values are averaged, about, to tell anomalies.
    """

    season: int = 1
    classes: int = 0
    seed: int = 0
    choosing: Examples | None = None
    false_alarms: float = 0.01
    span: int = 10


@dataclass(frozen=True)
class Skipped:
    """An alternative that could not be fitted, and why: a clause that completes "skipped because ..."."""

    reason: str


class Alternative(Protocol):
    """A fitted alternative. A new one is one file with such a class, named by a task.

    Forecasts may look back farther than the lookback, never beyond the last step of it; one that does not look back to
    the beginning of a sequence says so, see `Bounded`. All numbers are in the scaled units of the prepared data.

    Where models of the task can be saved, see `seqloom.simple`, it is a dataclass of what `plain_form` can write down:
    arrays, numbers, texts, tuples, mappings and other such dataclasses, each with its type.
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

        Scores of anomalies are [N], of every step, 1 at the threshold.
        Labels are [E, K, 2]: the probability of each, and 1 where it is given.
        Symbols are one int64 array for each example, in an array of objects, [E]; texts are
        strings in such an array.
        """


@runtime_checkable
class Bounded(Protocol):
    """An alternative that looks at the latest steps of a sequence only."""

    @property
    def reach(self) -> int:
        """Steps up to the present that it looks at, beside those of the example itself; 0: only at these."""


def reach_of(alternative: Alternative) -> int | None:
    """Steps up to the present that an alternative looks at, beside those of an example; None: all of the sequence."""
    return alternative.reach if isinstance(alternative, Bounded) else None
