"""MIDI files as piano rolls."""

import io
from collections.abc import Iterator
from pathlib import Path

import mido
import numpy as np

from seqloom.errors import DataError
from seqloom.read.rolls import Piece, Roll, dataset_of, refuse_note
from seqloom.read.settings import STEPS_OF_A_WHOLE, ReadSettings
from seqloom.read.text import read_bytes
from seqloom.sequence import KEYS, LOWEST, SequenceDataset

DRUMS = 9
"""The channel whose notes are drums, counted from 0."""
QUARTERS = 4
"""Quarters of a whole note."""
LONGEST = 1_000_000
"""Steps of a piece at most: a damaged file may claim hours of silence."""


def read_midi(path: Path, settings: ReadSettings) -> SequenceDataset:
    """Reads a MIDI file as one piece.

    Raises:
        DataError: the file is no MIDI file, holds no note, or one that is no key of a piano.
    """
    return dataset_of(path.name, [midi_piece(path, settings)], settings)


def midi_piece(path: Path, settings: ReadSettings) -> Piece:
    """The piece in a MIDI file: all tracks together, without drums.

    A note begins at the step nearest to its beginning and ends at the one nearest to its end, but lasts for a step at
    least. A note that is struck again while it sounds, or right after, is one long note in a piano roll.
    """
    try:
        file = mido.MidiFile(file=io.BytesIO(read_bytes(path)))
        notes = list(_notes(file))
    except DataError:
        raise
    except (EOFError, ValueError, IndexError, KeyError, TypeError, OSError) as error:
        came = " ".join(str(error).split()) or "the end of the file"
        raise DataError(path.name, expected="a MIDI file", came=came, fix="write or fetch it again") from error
    step = file.ticks_per_beat * QUARTERS / STEPS_OF_A_WHOLE[settings.note_step]
    return Piece(path.stem, _roll(notes, step, path.name))


def _notes(file: mido.MidiFile) -> Iterator[tuple[int, int, int]]:
    """Note, beginning and end in ticks; a note that is never released ends with the piece."""
    now = 0
    sounding: dict[tuple[int, int], int] = {}
    for message in mido.merge_tracks(file.tracks):
        now += message.time
        if message.type not in ("note_on", "note_off") or message.channel == DRUMS:
            continue
        place = (message.channel, message.note)
        if place in sounding:
            yield message.note, sounding.pop(place), now
        if message.type == "note_on" and message.velocity > 0:
            sounding[place] = now
    yield from ((note, begin, now) for (_, note), begin in sounding.items())


def _roll(notes: list[tuple[int, int, int]], step: float, where: str) -> Roll:
    if not notes or step <= 0:
        came = "none" if step > 0 else "no length of a beat"
        raise DataError(where, expected="at least one note", came=came, fix="leave the file out")
    spans = [(note, round(begin / step), round(end / step)) for note, begin, end in notes]
    steps = max(max(begin + 1, end) for _, begin, end in spans)
    if steps > LONGEST:
        fix = "cut the piece, or choose a longer --note-step"
        raise DataError(where, expected=f"at most {LONGEST:,} steps", came=f"{steps:,}", fix=fix)
    roll = np.zeros((steps, len(KEYS)), dtype=np.uint8)
    for note, begin, end in spans:
        refuse_note(note, f"{where}, step {begin + 1}")
        roll[begin : max(begin + 1, end), note - LOWEST] = 1
    return roll
