"""Piano rolls as JSON: lists of pieces, a piece a list of steps, a step a list of MIDI notes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seqloom.errors import DataError
from seqloom.read.rolls import Piece, dataset_of, refuse_note, roll_of
from seqloom.read.settings import ReadSettings
from seqloom.read.text import read_bytes
from seqloom.sequence import SequenceDataset

SILENCE = -1
"""A voice that is silent in a step, where a file has one entry for each voice."""
EXPECTED = "a list of pieces, or parts that are such lists: a piece is a list of steps, a step a list of notes"


def read_json_rolls(path: Path, settings: ReadSettings) -> SequenceDataset:
    """Reads `[piece, ...]` or `{"train": [piece, ...], "valid": [...], "test": [...]}`.

    Raises:
        DataError: the file is no JSON, of another form, or holds a note that is no key of a piano.
    """
    try:
        content = json.loads(read_bytes(path))
    except (ValueError, RecursionError) as error:
        came = " ".join(str(error).split())
        raise DataError(path.name, expected="JSON", came=came, fix="fetch or write the file again") from error
    if isinstance(content, dict):
        pieces = [
            piece for part, listed in content.items() for piece in _pieces(listed, f"{path.name}, '{part}'", part)
        ]
    else:
        pieces = list(_pieces(content, path.name, None))
    return dataset_of(path.name, pieces, settings)


def _pieces(listed: Any, where: str, part: str | None) -> Iterator[Piece]:  # noqa: ANN401 - whatever JSON holds
    for number, steps in enumerate(_list(listed, where), start=1):
        place = f"{where}, piece {number}"
        frames = [_notes(notes, f"{place}, step {step}") for step, notes in enumerate(_list(steps, place), start=1)]
        name = f"{number}" if part is None else f"{part} {number}"
        yield Piece(name, roll_of(frames, place), part)


def _list(value: Any, where: str) -> list[Any]:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(value, list):
        came = f"{json.dumps(value):.40}"
        fix = "bring the file into this form; a table goes into a .jsonl file, one object per line"
        raise DataError(where, expected=EXPECTED, came=came, fix=fix)
    return value


def _notes(values: Any, where: str) -> list[int]:  # noqa: ANN401 - whatever JSON holds
    """The notes of a step; silent voices and places left empty are none."""
    notes = []
    for value in _list(values, where):
        if value is None or value == SILENCE:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
            fix = "correct it"
            raise DataError(where, expected="a whole number, a MIDI note", came=json.dumps(value), fix=fix)
        refuse_note(int(value), where)
        notes.append(int(value))
    return notes
