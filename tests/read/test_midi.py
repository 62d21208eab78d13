import io

import mido
import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings, read

EIGHTHS = ReadSettings(note_step="eighth")


def midi(*messages, ticks=100):
    """The bytes of a MIDI file of one track; each message is (kind, note, ticks after the one before, channel)."""
    track = mido.MidiTrack()
    for kind, note, time, channel in messages:
        track.append(mido.Message(kind, note=note, time=time, channel=channel, velocity=64))
    file = mido.MidiFile(ticks_per_beat=ticks)
    file.tracks.append(track)
    stream = io.BytesIO()
    file.save(file=stream)
    return stream.getvalue()


def on(note, time=0, channel=0):
    return ("note_on", note, time, channel)


def off(note, time=0, channel=0):
    return ("note_off", note, time, channel)


def test_notes_last_from_step_to_step(write):
    """With 100 ticks a quarter and eighths as steps, 150 ticks are three steps; tracks and channels are one roll."""
    dataset = read(write("a.mid", midi(on(60), on(64, 50, 3), off(64, 50, 3), off(60, 50))), settings=EIGHTHS)
    assert dataset.steps["C4"].tolist() == [1, 1, 1]
    assert dataset.steps["E4"].tolist() == [0, 1, 0]
    assert dataset.keys.tolist() == ["a"]


def test_every_note_lasts_for_a_step(write):
    """A note shorter than half a step is still there."""
    assert read(write("a.mid", midi(on(60), off(60, 5))), settings=EIGHTHS).steps["C4"].tolist() == [1]


def test_a_note_that_is_not_released_ends_with_the_piece(write):
    """Its end is the last moment of the file."""
    assert read(write("a.mid", midi(on(60), on(62), off(62, 200))), settings=EIGHTHS).steps["C4"].sum() == 4


def test_struck_without_force_is_released(write):
    """A note-on of velocity 0 is a note-off, as many files have it."""
    track = [mido.Message("note_on", note=60, velocity=9), mido.Message("note_on", note=60, velocity=0, time=100)]
    file = mido.MidiFile(
        ticks_per_beat=100, tracks=[mido.MidiTrack([*track, mido.Message("note_on", note=62, velocity=9)])]
    )
    stream = io.BytesIO()
    file.save(file=stream)
    np.testing.assert_array_equal(read(write("a.mid", stream.getvalue()), settings=EIGHTHS).steps["C4"], [1, 1, 0])


def test_drums_are_no_notes(write):
    """The tenth channel is left out."""
    dataset = read(write("a.mid", midi(on(60), on(36, 0, 9), off(60, 50))), settings=EIGHTHS)
    assert dataset.steps["C2"].sum() == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"RIFF0000", r"a\.mid: expected a MIDI file, came"),
        (midi(on(60), off(60, 50))[:30], r"a\.mid: expected a MIDI file, came"),
        (midi(), r"a\.mid: expected at least one note, came none"),
        (midi(on(12), off(12, 50)), r"a\.mid, step 1: expected a note from 21 .* came 12"),
        (midi(on(60), off(60, 200_000_000)), "expected at most 1,000,000 steps"),
    ],
)
def test_damaged_files_are_refused(write, data, message):
    """One line names the file and what is wrong."""
    with pytest.raises(DataError, match=message):
        read(write("a.mid", data), settings=EIGHTHS)
