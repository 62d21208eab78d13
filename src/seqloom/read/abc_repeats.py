"""Repeats of a tune, played out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from seqloom.read.abc_event import Event

SIGNS = Literal["begin", "end", "ending", "double"]


@dataclass(frozen=True)
class Sign:
    """A place where the reading of a tune may jump.

    Args:
        kind: `begin` and `end` of a repeat, an `ending` that is played on one of the passes alone, or a `double` bar,
            from which on the next repeat begins where no sign says so.
        number: which pass an ending is for.
    """

    kind: SIGNS
    number: int = 0


def played(items: Sequence[Event | Sign]) -> list[Event]:
    """The events in the order in which they sound.

    A repeat goes back to the sign that begins it, or else to the end of the one before or the last double bar. An
    ending is skipped on passes that are not its own.

    Args:
        items: events and signs as they are written.
    """
    events: list[Event] = []
    place, start, opened, turn, last = 0, 0, False, 1, False
    while place < len(items):
        item = items[place]
        place += 1
        if isinstance(item, Event):
            events.append(item)
        elif item.kind == "begin":
            start, opened, turn, last = place, True, 1, False
        elif item.kind == "ending":
            last = item.number == turn > 1
            place = place if item.number == turn else _after_ending(items, place)
        elif item.kind == "end":
            again = turn == 1 or (place < len(items) and items[place] == Sign("ending", turn + 1))
            place, turn = (start, turn + 1) if again else (place, 1)
            if not again:
                start, opened, last = place, False, False
        elif last or not opened:
            start, opened, turn, last = place, False, 1, False
    return events


def _after_ending(items: Sequence[Event | Sign], place: int) -> int:
    """Where an ending that is not played stops: after the end of its repeat, or before the next sign."""
    for after in range(place, len(items)):
        item = items[after]
        if isinstance(item, Sign):
            return after + 1 if item.kind == "end" else after
    return len(items)
