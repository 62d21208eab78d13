"""Piano rolls as sound, by adding sines."""

import io

import numpy as np
from numpy.typing import NDArray
from scipy.io import wavfile

from seqloom.sequence import Array
from seqloom.write.notes import Held, held_notes

RATE = 22_050
"""Samples of a second."""
PARTIALS = 7
ATTACK, RELEASE = 0.008, 0.25
"""Seconds in which a note rises, and in which it fades when its key is let go."""
DECAY = 1.1
"""How much of a note's loudness goes in a second: its logarithm; higher partials fade faster."""
PEAK = 0.8
_LARGEST = 32_767
_CONCERT, _CONCERT_NOTE = 440.0, 69


def wave_bytes(roll: Array, *, seconds_of_a_step: float) -> bytes:
    """A WAV file, mono, 16 bits, 22,050 Hz: each note a sum of sines that fade like those of a struck string.

    Args:
        roll: 1 where a key is on, [T, 88].
        seconds_of_a_step: how long a step lasts.

    Raises:
        DataError: the roll is none.
    """
    stream = io.BytesIO()
    wavfile.write(stream, RATE, (rendered(roll, seconds_of_a_step) * _LARGEST).astype(np.int16))
    return stream.getvalue()


def rendered(roll: Array, seconds_of_a_step: float) -> NDArray[np.float64]:
    """The sound as numbers between -1 and 1, [samples]; silence where no key is on."""
    total = round((len(roll) * seconds_of_a_step + RELEASE) * RATE) + 1
    sound = np.zeros(total)
    for held in held_notes(roll):
        tone = _tone(held, seconds_of_a_step)
        begin = round(held.begin * seconds_of_a_step * RATE)
        sound[begin : begin + len(tone)] += tone[: total - begin]
    loudest = float(np.abs(sound).max())
    return sound * (PEAK / loudest) if loudest else sound


def _tone(held: Held, seconds_of_a_step: float) -> NDArray[np.float64]:
    """One note with its fading."""
    length = (held.end - held.begin) * seconds_of_a_step
    time = np.arange(round((length + RELEASE) * RATE)) / RATE
    frequency = _CONCERT * 2 ** ((held.note - _CONCERT_NOTE) / 12)
    tone = np.zeros_like(time)
    for partial in range(1, PARTIALS + 1):
        if partial * frequency < RATE / 2:
            fade = np.exp(-DECAY * np.sqrt(partial) * time)
            tone += fade * np.sin(2 * np.pi * partial * frequency * time) / partial**1.6
    envelope = np.minimum(1.0, time / ATTACK) * np.clip((length + RELEASE - time) / RELEASE, 0.0, 1.0)
    faded: NDArray[np.float64] = tone * envelope
    return faded
