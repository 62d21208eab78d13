"""Tunes in ABC notation, a letter for each note, as piano rolls."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from seqloom.errors import DataError
from seqloom.read.abc_event import Event
from seqloom.read.abc_repeats import played
from seqloom.read.abc_tune import Reader
from seqloom.read.rolls import Piece, Roll, dataset_of, refuse_note
from seqloom.read.settings import STEPS_OF_A_WHOLE, ReadSettings
from seqloom.read.text import decode, read_bytes
from seqloom.sequence import KEYS, LOWEST, SequenceDataset

_FIELD = re.compile(r"([A-Za-z]):(?![|:])(.*)")
_COMMENT = re.compile(r'^((?:[^"%]|"[^"]*")*)%.*$')
_SHOWN = 3


@dataclass(frozen=True)
class Tunes:
    """What a file of tunes holds.

    Args:
        pieces: the tunes.
        unread: quoted texts that are no chords, once each.
        broken: what was wrong with each tune that was left out.
    """

    pieces: tuple[Piece, ...]
    unread: tuple[str, ...]
    broken: tuple[str, ...] = ()

    def notes(self) -> tuple[str, ...]:
        """What a reader should know."""
        notes = [f"left out: {error}" for error in self.broken]
        if self.unread:
            more = ", ..." if len(self.unread) > _SHOWN else ""
            shown = ", ".join(repr(words) for words in self.unread[:_SHOWN])
            notes.append(f"quoted texts that are no chords were left out: {shown}{more}")
        return tuple(notes)


def read_abc(path: Path, settings: ReadSettings) -> SequenceDataset:
    """Reads the tunes of a file, a sequence each.

    With `settings.on_error` at `skip` tunes that cannot be read are left out and named in the notes.

    Raises:
        DataError: a line is no ABC, a tune has no key or no note, or there is no tune; the message names the line.
    """
    tunes = abc_tunes(path, settings)
    return replace(dataset_of(path.name, tunes.pieces, settings), notes=tunes.notes())


def abc_tunes(path: Path, settings: ReadSettings) -> Tunes:
    """The tunes of a file.

    What is read: the fields X, T, K, L, M and P, notes and rests with their lengths, accidentals, tuplets and broken
    rhythms, chords in quotes and in brackets, bars, repeats and their endings. Grace notes, ornaments and words have no
    place in a piano roll. Repeats are played, with the first and second endings; the order of parts in a field of the
    header is not followed. A chord named above the tune sounds below the middle of the piano until the next one.
    """
    steps = STEPS_OF_A_WHOLE[settings.note_step]
    pieces, unread, broken = [], dict[str, None](), []
    for number, lines in _tunes(path):
        reader = Reader()
        try:
            title = _read(lines, reader, path.name)
            roll = _roll(played(reader.items), steps, f"{path.name}, line {lines[0][0]}, tune {number}")
        except DataError as error:
            if settings.on_error == "stop":
                raise
            broken.append(f"tune {number} of {error}")
            continue
        pieces.append(Piece(f"{path.stem} {number}{': ' if title else ''}{title}", roll))
        unread |= dict.fromkeys(words for words in reader.unread if words.strip())
    return Tunes(tuple(pieces), tuple(unread), tuple(broken))


def _tunes(path: Path) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Number and numbered lines of each tune."""
    number, lines = None, list[tuple[int, str]]()
    for place, raw in enumerate(read_bytes(path).split(b"\n")):
        line = _COMMENT.sub(r"\1", decode(raw, path.name, place)).strip()
        if line.startswith("X:"):
            if number is not None:
                yield number, lines
            number, lines = line[2:].strip() or "?", []
        if number is None and line and not _FIELD.fullmatch(line):
            where = f"{path.name}, line {place + 1}"
            raise DataError(where, expected="a tune that begins with X:", came=f"{line:.40}", fix="correct the line")
        if number is not None and line:
            lines.append((place + 1, line))
    if number is not None:
        yield number, lines


def _read(lines: list[tuple[int, str]], reader: Reader, source: str) -> str:
    """Read the lines of a tune; its title."""
    title, headed = "", False
    for place, line in lines:
        where = f"{source}, line {place}"
        found = _FIELD.fullmatch(line)
        if found is None:
            if not headed:
                fix = "add the key, as in K:G, before the notes"
                raise DataError(where, expected="a key before the notes", came=f"{line:.40}", fix=fix)
            reader.read(line, where)
            continue
        name, value = found[1], found[2]
        headed = headed or name == "K"
        title = title or (value.strip() if name == "T" else "")
        if name == "P" and not headed:
            continue
        if name == "V":
            raise DataError(where, expected="tunes of one voice", came="a field V", fix="leave the tune out")
        reader.set(name, value, where)
    return title


def _roll(events: list[Event], steps: int, where: str) -> Roll:
    """The roll of events that follow each other; each note lasts for a step at least."""
    total = sum((event.length for event in events), Fraction(0))
    if not any(event.notes for event in events):
        raise DataError(where, expected="at least one note", came="none", fix="leave the tune out")
    roll = np.zeros((max(1, round(total * steps)) + 1, len(KEYS)), dtype=np.uint8)
    now, chord = Fraction(0), tuple[int, ...]()
    for event in events:
        begin, end = round(now * steps), round((now + event.length) * steps)
        chord = chord if event.chord is None else event.chord
        for note in event.notes:
            refuse_note(note, where)
            roll[begin : max(begin + 1, end), note - LOWEST] = 1
        roll[begin:end, [note - LOWEST for note in chord]] = 1
        now += event.length
    return roll[: max(1, round(total * steps))]
