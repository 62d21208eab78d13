"""What sounds in a tune for a while."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Event:
    """Notes that are struck together, or a rest.

    Args:
        length: how long it lasts, in whole notes.
        notes: MIDI numbers; none: a rest.
        chord: notes of the chord that begins here and lasts until the next one; None: the one before goes on.
    """

    length: Fraction
    notes: tuple[int, ...] = ()
    chord: tuple[int, ...] | None = None
