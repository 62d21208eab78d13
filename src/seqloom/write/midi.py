"""Piano rolls as MIDI files."""

import io

import mido

from seqloom.sequence import Array
from seqloom.write.notes import held_notes

TICKS = 480
"""Ticks of a quarter."""
VELOCITY = 80


def midi_bytes(roll: Array, *, steps_of_a_quarter: float, tempo: float) -> bytes:
    """A MIDI file of one piano.

    The file is read back as the same roll at the same length of a step, but for silence at its end.

    Args:
        roll: 1 where a key is on, [T, 88].
        steps_of_a_quarter: how many steps last as long as a quarter.
        tempo: quarters in a minute.

    Raises:
        DataError: the roll is none.
    """
    ticks = TICKS / steps_of_a_quarter
    events = []
    for held in held_notes(roll):
        events.append((round(held.begin * ticks), 1, held.note))
        events.append((round(held.end * ticks), 0, held.note))
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(tempo), time=0)])
    now = 0
    for time, on, note in sorted(events):
        kind = "note_on" if on else "note_off"
        track.append(mido.Message(kind, note=note, velocity=VELOCITY if on else 0, time=time - now))
        now = time
    file = mido.MidiFile(ticks_per_beat=TICKS)
    file.tracks.append(track)
    stream = io.BytesIO()
    file.save(file=stream)
    return stream.getvalue()
