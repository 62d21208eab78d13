"""What follows an event by its type alone: shares, and Markov chains of first and second order."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.steps.event_tables import EventTables
from seqloom.prepare import Examples

CELLS = 50_000_000
"""Numbers a table may hold: 400 MB."""


@dataclass(frozen=True)
class EventChain:
    """Answers what followed the same past in training; where a past is new, what followed its later part.

    Args:
        tables: for pasts of up to `order` events.
    """

    tables: EventTables
    order: ClassVar[int]
    """Events of the past that are looked at."""

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:  # noqa: ARG003 - counting needs no hints
        """Count what followed which types."""
        tables = _counted(training, cls.order)
        return tables if isinstance(tables, Skipped) else cls(tables)

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """Distributions by the types of the last events, [E, W]."""
        return self.tables.predict(examples)


class EventShares(EventChain):
    """Answers the share of each type among the training events, and the gap and attributes of all of them."""

    order: ClassVar[int] = 0
    name: ClassVar[str] = "majority"
    title: ClassVar[str] = "the most frequent type"


class MarkovChain(EventChain):
    """Answers what followed events of the last one's type."""

    order: ClassVar[int] = 1
    name: ClassVar[str] = "markov"
    title: ClassVar[str] = "the first-order Markov chain"


class SecondOrderChain(EventChain):
    """Answers what followed pairs of events of the last two types; where the pair is new, of the last one's type."""

    order: ClassVar[int] = 2
    name: ClassVar[str] = "second_markov"
    title: ClassVar[str] = "the second-order Markov chain"


def _counted(training: Examples, order: int) -> EventTables | Skipped:
    """The tables of an order, unless they would be too large."""
    shape = training.prepared.event
    if shape is None:
        return Skipped("the data holds no events")
    pasts = min(shape.types**order, training.prepared.targets.shape[0])
    if pasts * (shape.types + shape.width + sum(shape.labels)) > CELLS:
        return Skipped(f"{shape.types} types make too many pasts")
    return EventTables.fit(training, shape, order)
