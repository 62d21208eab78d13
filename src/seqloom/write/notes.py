"""The notes of a piano roll: keys that are held for some steps."""

from typing import NamedTuple

import numpy as np

from seqloom.errors import DataError
from seqloom.sequence import KEYS, LOWEST, Array


class Held(NamedTuple):
    """A key that is held.

    Args:
        note: its MIDI number.
        begin: first step.
        end: the step after the last.
    """

    note: int
    begin: int
    end: int


def held_notes(roll: Array) -> list[Held]:
    """The notes of a roll, in the order of their beginning, then of their pitch; a key that stays on is one note.

    Args:
        roll: 1 where a key is on, [T, 88].

    Raises:
        DataError: it is no piano roll.

    Example:
        >>> roll = np.zeros((3, 88)); roll[:2, 39] = roll[2, 43] = 1
        >>> held_notes(roll)
        [Held(note=60, begin=0, end=2), Held(note=64, begin=2, end=3)]
    """
    if roll.ndim != 2 or roll.shape[1] != len(KEYS):  # noqa: PLR2004 - steps and keys
        came = f"shape {list(roll.shape)}"
        raise DataError("piano roll", expected=f"an array [T, {len(KEYS)}]", came=came, fix="give one piece")
    padded = np.pad(np.asarray(roll > 0, dtype=np.int8).T, ((0, 0), (1, 1)))
    changes = np.diff(padded, axis=1)
    keys, begins = np.nonzero(changes == 1)
    _, ends = np.nonzero(changes == -1)
    notes = zip((keys + LOWEST).tolist(), begins.tolist(), ends.tolist(), strict=True)
    return sorted((Held(*note) for note in notes), key=lambda note: (note.begin, note.note))
