import struct

import numpy as np
import pytest
from scipy.io import wavfile

from seqloom.errors import DataError, MissingFileError
from seqloom.read.wav import as_samples, read_wav

TONE = np.sin(np.arange(400) * 2 * np.pi * 200 / 8000)


def riff(encoding, bits=8, channels=1, data=b"\x40" * 96):
    """The bytes of a WAV file of some encoding."""
    block = channels * bits // 8
    head = struct.pack("<IHHIIHH", 16, encoding, channels, 8000, 8000 * block, block, bits)
    return (
        b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + head + b"data" + struct.pack("<I", len(data)) + data
    )


@pytest.mark.parametrize(
    ("dtype", "tolerance"),
    [("uint8", 1 / 128), ("int16", 1 / 32768), ("int32", 1e-7), ("float32", 1e-7), ("float64", 1e-7)],
)
def test_every_width_holds_the_same_sound(tmp_path, dtype, tolerance):
    """A tone written with 8, 16 or 32 bits or as floating-point numbers is read as the same samples."""
    values = TONE * 0.5
    if dtype == "uint8":
        values = np.round(values * 128 + 128)
    elif dtype.startswith("int"):
        values = np.round(values * -float(np.iinfo(dtype).min))
    wavfile.write(tmp_path / "a.wav", 8000, values.astype(dtype))
    rate, stored = read_wav(tmp_path / "a.wav")
    np.testing.assert_allclose(as_samples(stored, rate, rate, "a"), 0.5 * TONE, atol=tolerance)


def test_samples_of_24_bits_are_read(write):
    """Three bytes a sample, as studios write them, are full scale at 2^23."""
    path = write("a.wav", riff(1, bits=24, data=b"\x00\x00\x40\x00\x00\xc0"))
    rate, stored = read_wav(path)
    assert as_samples(stored, rate, rate, "a").tolist() == [0.5, -0.5]


def test_channels_are_averaged():
    """Stereo becomes the mean of both channels."""
    both = np.stack([TONE, -TONE + 0.5], axis=1)
    np.testing.assert_allclose(as_samples(both, 8000, 8000, "a"), np.full(400, 0.25), atol=1e-6)


def test_another_rate_keeps_the_pitch():
    """A tone brought from 16,000 to 8,000 samples per second is the tone recorded at 8,000."""
    long = np.sin(np.arange(800) * 2 * np.pi * 200 / 16000)
    found = as_samples(long, 16000, 8000, "a")
    assert len(found) == 400
    np.testing.assert_allclose(found[40:-40], TONE[40:-40], atol=5e-3)  # the filter needs room at both ends


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        (b"", "another kind of file"),
        (b"hello, this is a text and no sound at all", "another kind of file"),
        (riff(6), "ALAW"),
        (riff(2, bits=4), "ADPCM"),
        (riff(1, bits=16, data=b""), "expected samples, came 0 at a rate of 8000"),
        (riff(1, bits=16)[:-50], "whole WAV file, came one whose last 50 bytes"),
        (riff(1, bits=16)[:-51], "whole WAV file, came one whose last 51 bytes"),
        (riff(1, bits=16)[:20], "whole WAV file"),
        (riff(1, bits=16, channels=0), "a WAV file of numbers"),
    ],
)
def test_a_file_that_is_no_usable_wav_is_one_line(write, contents, words):
    """Empty, foreign, cut off, silent by length, or in another encoding: the message names the file and the fault."""
    path = write("bad.wav", contents)
    with pytest.raises(DataError, match=words) as raised:
        read_wav(path)
    assert "bad.wav" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    """The name of a missing recording is told."""
    with pytest.raises(MissingFileError, match=r"gone\.wav: expected a recording, came no such file"):
        read_wav(tmp_path / "gone.wav")


@pytest.mark.parametrize(("values", "words"), [([], "shape"), ([0.0, np.nan], "nan in sample 2")])
def test_samples_must_be_there_and_finite(values, words):
    """No samples, or one that is no number, are refused."""
    with pytest.raises(DataError, match=words):
        as_samples(np.array(values), 8000, 8000, "a sound")
