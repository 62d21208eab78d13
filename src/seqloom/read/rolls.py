"""Piano rolls: for each step of a piece, which of the 88 keys of a piano are on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.read.arrays import build
from seqloom.read.settings import ReadSettings
from seqloom.sequence import HIGHEST, KEYS, LOWEST, Array, SequenceDataset, note_name

Roll = NDArray[np.uint8]
"""1 where a key is on, 0 where it is not, [T, 88]."""
PART = "part"
"""The static column that says which part of the data a piece belongs to, where that is given."""


@dataclass(frozen=True)
class Piece:
    """A piece of music.

    Args:
        name: of the piece.
        roll: its keys, step by step, [T, 88].
        part: which part of the data it belongs to, in the words of the source; None: not given.
    """

    name: str
    roll: Roll
    part: str | None = None


def roll_of(frames: Sequence[Sequence[int]], where: str) -> Roll:
    """The roll of lists of notes, one list for each step.

    Args:
        frames: MIDI numbers of the notes of each step.
        where: the piece, for messages.

    Raises:
        DataError: no step at all, or a note that is no key of a piano.

    Example:
        >>> roll_of([[60, 64], [], [60]], "a piece").sum(axis=1).tolist()
        [2, 0, 1]
    """
    if not len(frames):
        raise DataError(where, expected="at least one step", came="none", fix="correct the piece or leave it out")
    roll = np.zeros((len(frames), len(KEYS)), dtype=np.uint8)
    for step, notes in enumerate(frames):
        for note in notes:
            refuse_note(note, f"{where}, step {step + 1}")
            roll[step, note - LOWEST] = 1
    return roll


def refuse_note(note: int, where: str) -> None:
    """Refuse a note that is no key of a piano.

    Raises:
        DataError: it is none.
    """
    if not LOWEST <= note <= HIGHEST:
        expected = f"a note from {LOWEST} ({note_name(LOWEST)}) to {HIGHEST} ({note_name(HIGHEST)})"
        raise DataError(where, expected=expected, came=str(note), fix="correct or transpose it")


def dataset_of(source: str, pieces: Sequence[Piece], settings: ReadSettings) -> SequenceDataset:
    """Pieces as sequences whose columns are the keys, all of them targets.

    Args:
        source: where they come from.
        pieces: the music; those of the part `settings.part` names where it names one.
        settings: what the reader was told.

    Raises:
        DataError: there is no piece, or none of the part asked for.
    """
    named = settings.part
    parts = list(dict.fromkeys(piece.part for piece in pieces if piece.part is not None))
    if named is not None:
        pieces = [replace(piece, part=None) for piece in pieces if piece.part == named]
    if not pieces:
        came = "none" if not parts else f"the parts {', '.join(parts)}"
        expected = "at least one piece of music" + (f" of the part '{named}'" if named else "")
        raise DataError(source, expected=expected, came=came, fix="correct --part" if named else "check the file")
    rolls = np.concatenate([piece.roll for piece in pieces]).T  # [88, N]
    statics: dict[str, Array] = {}
    categories: Mapping[str, tuple[str, ...]] = {}
    given = bool(parts) and named is None
    if given:
        numbers = {part: number for number, part in enumerate(parts)}
        statics = {PART: np.array([numbers.get(piece.part or "", -1) for piece in pieces], dtype=np.int32)}
        categories = {PART: tuple(parts)}
    target = KEYS if settings.target in ((), ("*",)) else settings.target
    dataset = build(
        source,
        np.concatenate([[0], np.cumsum([len(piece.roll) for piece in pieces])]).astype(np.int64),
        {name: np.ascontiguousarray(values) for name, values in zip(KEYS, rolls, strict=True)},
        statics,
        categories,
        settings.model_copy(update={"target": target}),
    )
    keys = np.array([piece.name for piece in pieces])
    return replace(dataset, keys=keys, given_parts=PART if given else None)
