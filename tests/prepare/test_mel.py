import numpy as np
import pytest

from seqloom.errors import SettingsError
from seqloom.prepare import mel as module
from seqloom.prepare.mel import Mel
from seqloom.prepare.settings import SoundSettings

RATE = 8000
SETTINGS = SoundSettings(mel_bands=12, frame_ms=16, hop_ms=5, lowest_hz=50, highest_hz=3500, range_db=40)


@pytest.fixture(scope="module")
def sound():
    """Half a second of two tones and noise."""
    time = np.arange(RATE // 2) / RATE
    noise = np.random.default_rng(0).normal(0, 0.01, len(time))
    return (0.5 * np.sin(2 * np.pi * 440 * time) + 0.1 * np.sin(2 * np.pi * 2000 * time) + noise).astype(np.float32)


def plainly(samples, settings):
    """Log-mel energies by the definition, sum by sum, in double precision."""
    width, hop = round(settings.frame_ms * RATE / 1000), round(settings.hop_ms * RATE / 1000)
    points = 1 << (2 * width - 1).bit_length()
    window = np.array([0.5 - 0.5 * np.cos(2 * np.pi * n / width) for n in range(width)])
    corner = [2595 * np.log10(1 + hertz / 700) for hertz in (settings.lowest_hz, settings.highest_hz)]
    corners = [700 * (10 ** (m / 2595) - 1) for m in np.linspace(*corner, settings.mel_bands + 2)]
    rows = []
    for start in range(0, len(samples) - width + 1, hop):
        frame = samples[start : start + width] * window
        bins = np.arange(points // 2 + 1)
        power = np.abs(np.exp(-2j * np.pi * np.outer(bins, np.arange(width)) / points) @ frame) ** 2
        row = []
        for low, peak, high in zip(corners, corners[1:], corners[2:], strict=False):
            total = 0.0
            for place, energy in zip(bins, power, strict=True):
                hertz = place * RATE / points
                weight = (hertz - low) / (peak - low) if hertz <= peak else (high - hertz) / (high - peak)
                total += max(0.0, weight) * energy
            row.append(np.log(max(total / (window**2).sum(), 1e-10)))
        rows.append(row)
    return np.array(rows)


def test_bands_hold_what_the_definition_says(sound):
    """Every energy equals that of a plain discrete Fourier transform and triangles summed one by one."""
    absolute = SETTINGS.model_copy(update={"loudness": "absolute", "range_db": 100})
    expected = plainly(sound, SETTINGS)
    np.testing.assert_allclose(Mel(RATE, absolute)(sound), expected, atol=2e-3)  # single precision, after a logarithm


def test_loudness_is_measured_from_the_loudest_so_far(sound):
    """Each band stands below the loudest heard until then; 40 decibels below it is silence."""
    energies = plainly(sound, SETTINGS)
    expected = [np.maximum(row - energies[: place + 1].max(), -4 * np.log(10)) for place, row in enumerate(energies)]
    np.testing.assert_allclose(Mel(RATE, SETTINGS)(sound), expected, atol=2e-3)


def test_a_louder_recording_has_the_same_frames(sound):
    """How far somebody stands from the microphone does not count."""
    mel = Mel(RATE, SETTINGS)
    np.testing.assert_allclose(mel(sound / 8), mel(sound), atol=1e-3)


def test_a_tone_is_loudest_in_its_band():
    """The band around the frequency of a tone has most of its energy."""
    mel = Mel(RATE, SETTINGS)
    frequencies = np.arange(len(mel.filters)) * RATE / (2 * (len(mel.filters) - 1))
    for hertz in (300, 1000, 2500):
        tone = np.sin(2 * np.pi * hertz * np.arange(800) / RATE)
        nearest = mel.filters[np.argmin(np.abs(frequencies - hertz))].argmax()
        assert (mel(tone).argmax(axis=1) == nearest).all()


def test_frames_do_not_depend_on_what_follows(sound):
    """The frames of a beginning are the beginning of the frames: sound may come piece by piece."""
    mel = Mel(RATE, SETTINGS.model_copy(update={"slopes": True}))
    whole = mel(sound)
    for samples in (128, 500, 1777):
        part = mel(sound[:samples])
        np.testing.assert_allclose(part, whole[: len(part)], atol=1e-5)


def test_recordings_do_not_touch_each_other(sound, monkeypatch):
    """Recordings one after the other, a few frames at a time, have the frames each has alone."""
    mel = Mel(RATE, SETTINGS.model_copy(update={"slopes": True}))
    parts = [sound[:700], sound[:60], sound[1000:1001], sound[200:2200]]
    alone = np.concatenate([mel(part) for part in parts])
    monkeypatch.setattr(module, "AT_ONCE", 7)
    offsets = np.cumsum([0, *(len(part) for part in parts)])
    together = np.concatenate(list(mel.blocks(np.concatenate(parts), offsets)))
    np.testing.assert_allclose(together, alone, atol=1e-5)
    assert len(alone) == mel.counts(np.diff(offsets)).sum()


def test_short_recordings_are_one_frame_and_silence_is_the_floor():
    """What is shorter than a frame is filled up with silence; where all is silent nothing is louder than the rest."""
    mel = Mel(RATE, SETTINGS)
    assert mel.counts(np.array([0, 1, 128, 167, 168, 208])).tolist() == [0, 1, 1, 1, 2, 3]
    np.testing.assert_allclose(mel(np.zeros(3)), np.zeros((1, 12)), atol=1e-6)
    absolute = Mel(RATE, SETTINGS.model_copy(update={"loudness": "absolute"}))
    np.testing.assert_allclose(absolute(np.zeros(3)), np.full((1, 12), -4 * np.log(10)), rtol=1e-6)


def test_slopes_are_those_of_a_straight_line(sound):
    """Each slope is that of the line of least squares through the present frame and the four before it."""
    found = Mel(RATE, SETTINGS.model_copy(update={"slopes": True}))(sound)
    levels, slopes = found[:, :12], found[:, 12:]
    for frame in (0, 2, 9):
        seen = levels[np.maximum(np.arange(frame - 4, frame + 1), 0)]
        np.testing.assert_allclose(slopes[frame], np.polyfit(np.arange(5), seen, 1)[0], atol=1e-5)


def test_names_tell_bands_and_slopes():
    """Each feature is called by its kind and its band."""
    names = Mel(RATE, SoundSettings(mel_bands=11, slopes=True)).names
    assert names[:2] == ("mel_00", "mel_01")
    assert names[-1] == "slope_10"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"highest_hz": 5000}, "highest_hz: expected a frequency above 50 and up to 4000"),
        ({"highest_hz": 40}, "highest_hz"),
        ({"mel_bands": 300}, "bands that each hold a frequency"),
    ],
)
def test_bands_must_fit_the_rate(changed, words):
    """Bands beyond half the rate, upside down, or too narrow for the frames are refused."""
    with pytest.raises(SettingsError, match=words):
        _ = Mel(RATE, SETTINGS.model_copy(update=changed)).filters
