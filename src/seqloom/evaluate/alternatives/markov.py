"""What follows an event by its type alone: shares, and Markov chains of first and second order."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.evaluate.alternatives.alternative import Hints, Skipped
from seqloom.evaluate.alternatives.event_tables import EventTables
from seqloom.prepare import Examples

CELLS = 50_000_000
"""Numbers a table may hold: 400 MB."""


@dataclass(frozen=True)
class EventShares:
    """Answers the share of each type among the training events, and the gap and attributes of all of them.

    Args:
        tables: for a past of no event.
    """

    tables: EventTables
    name: ClassVar[str] = "majority"
    title: ClassVar[str] = "the most frequent type"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:  # noqa: ARG003 - counting needs no hints
        """Count the types."""
        tables = _counted(training, 0)
        return tables if isinstance(tables, Skipped) else cls(tables)

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The same distributions for each event, [E, W]."""
        return self.tables.predict(examples)


@dataclass(frozen=True)
class MarkovChain:
    """Answers what followed events of the last one's type.

    Args:
        tables: for pasts of up to one event.
    """

    tables: EventTables
    name: ClassVar[str] = "markov"
    title: ClassVar[str] = "the first-order Markov chain"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:  # noqa: ARG003 - counting needs no hints
        """Count pairs of types."""
        tables = _counted(training, 1)
        return tables if isinstance(tables, Skipped) else cls(tables)

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """Distributions by the last event's type, [E, W]."""
        return self.tables.predict(examples)


@dataclass(frozen=True)
class SecondOrderChain:
    """Answers what followed pairs of events of the last two types; where the pair is new, of the last one's type.

    Args:
        tables: for pasts of up to two events.
    """

    tables: EventTables
    name: ClassVar[str] = "second_markov"
    title: ClassVar[str] = "the second-order Markov chain"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:  # noqa: ARG003 - counting needs no hints
        """Count triples of types."""
        tables = _counted(training, 2)
        return tables if isinstance(tables, Skipped) else cls(tables)

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """Distributions by the last two events' types, [E, W]."""
        return self.tables.predict(examples)


def _counted(training: Examples, order: int) -> EventTables | Skipped:
    """The tables of an order, unless they would be too large."""
    shape = training.prepared.event
    if shape is None:
        return Skipped("the data holds no events")
    pasts = min(shape.types**order, training.prepared.targets.shape[0])
    if pasts * (shape.types + shape.width + sum(shape.labels)) > CELLS:
        return Skipped(f"{shape.types} types make too many pasts")
    return EventTables.fit(training, shape, order)
