import io

import numpy as np
import pytest
from scipy.io import wavfile

from seqloom.write import wave_bytes
from seqloom.write.sound import RATE, rendered


def roll_of_note(note, steps=4):
    roll = np.zeros((steps, 88))
    roll[:, note - 21] = 1
    return roll


@pytest.mark.parametrize("note", [45, 60, 69, 100])
def test_a_note_has_its_frequency(note):
    """The strongest frequency is that of the note in equal temperament with A at 440 Hz."""
    sound = rendered(roll_of_note(note), 0.5)
    spectrum = np.abs(np.fft.rfft(sound))
    found = np.fft.rfftfreq(len(sound), 1 / RATE)[spectrum.argmax()]
    assert found == pytest.approx(440 * 2 ** ((note - 69) / 12), rel=0.01)  # bins are half a hertz wide


def test_a_note_rises_and_fades():
    """Nothing clicks: the sound begins and ends at zero, and is never louder than its peak."""
    sound = rendered(roll_of_note(60), 0.25)
    assert abs(sound[0]) < 1e-9
    assert np.abs(sound[-20:]).max() < 1e-3
    assert np.abs(sound).max() == pytest.approx(0.8)


def test_silence_is_silent():
    """A roll without notes is written, too."""
    assert not rendered(np.zeros((3, 88)), 0.1).any()


def test_the_file_lasts_as_long_as_the_piece():
    """A WAV file of 16 bits has a sample for each moment of the steps and of the last fading."""
    rate, samples = wavfile.read(io.BytesIO(wave_bytes(roll_of_note(60, steps=8), seconds_of_a_step=0.25)))
    assert (rate, samples.dtype) == (RATE, np.int16)
    assert len(samples) / rate == pytest.approx(2.25, abs=0.01)  # rounding to samples
