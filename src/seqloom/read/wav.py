"""WAV files, and what makes the samples of any recording alike: one channel, one rate, full scale 1."""

import io
import struct
import warnings
from math import gcd
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.io import wavfile
from scipy.signal import resample_poly

from seqloom.errors import DataError, MissingFileError
from seqloom.sequence import Array

_HEAD = 12
"""Bytes before the first chunk of a RIFF file."""
Samples = NDArray[np.float32]


def read_wav(path: Path) -> tuple[int, Array]:
    """The rate of a recording and its samples as they are stored, [T] or [T, channels].

    Whole numbers of 8, 16, 24 and 32 bits and floating-point ones are read, with any number of channels.

    Raises:
        MissingFileError: there is no such file, or it may not be read.
        DataError: it is no WAV file, is cut off, has no samples, or is written in another encoding, such as A-law.
    """
    data = _bytes(path)
    fix = "convert it to 16-bit PCM"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", wavfile.WavFileWarning)  # chunks of other kinds are passed over
            rate, samples = wavfile.read(io.BytesIO(data))
    except (ValueError, struct.error, ZeroDivisionError, EOFError) as error:
        missing = _missing(data)
        if missing:
            raise _cut_off(path, missing) from error
        came = " ".join(str(error).split()) if data[:4] in (b"RIFF", b"RIFX", b"RF64") else "another kind of file"
        raise DataError(str(path), expected="a WAV file of numbers (PCM)", came=came.rstrip("."), fix=fix) from error
    missing = _missing(data)
    if missing:
        raise _cut_off(path, missing)
    if not samples.size or not rate:
        came = f"{len(samples)} at a rate of {rate}"
        raise DataError(str(path), expected="samples", came=came, fix="record it again, or leave it out")
    return int(rate), samples


def as_samples(values: Array, rate: int, wanted: int, where: str) -> Samples:
    """Samples in one channel, between -1 and 1 where they were whole numbers, at another rate.

    Channels are averaged. Whole numbers are divided by the largest their type holds; a byte counts from 128 on.

    Args:
        values: [T] or [T, channels].
        rate: samples per second they have.
        wanted: samples per second they are brought to.
        where: what they are called, for messages.

    Raises:
        DataError: there is none, or one is not a finite number.

    Example:
        >>> as_samples(np.array([[16384, 0], [0, -16384]], dtype=np.int16), 8000, 8000, "a sound").tolist()
        [0.25, -0.25]
    """
    if values.ndim not in (1, 2) or not values.size:
        expected = "samples [T] or [T, channels]"
        raise DataError(where, expected=expected, came=f"shape {values.shape}", fix="check the axes")
    samples = _unit(values)
    mono = samples.mean(axis=1, dtype=np.float32) if samples.ndim > 1 else samples
    if not np.isfinite(mono).all():
        place = int(np.argmin(np.isfinite(mono)))
        came = f"{mono[place]} in sample {place + 1}"
        raise DataError(where, expected="finite samples", came=came, fix="record it again, or leave it out")
    if rate == wanted:
        return mono
    common = gcd(rate, wanted)
    resampled: Samples = resample_poly(mono, wanted // common, rate // common).astype(np.float32)
    return resampled


def _unit(values: Array) -> Samples:
    """Samples with full scale 1."""
    if values.dtype == np.uint8:
        return (values.astype(np.float32) - 128) / np.float32(128)
    if values.dtype.kind == "i":
        largest = np.float32(-float(np.iinfo(values.dtype).min))
        return values.astype(np.float32) / largest
    return values.astype(np.float32)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        fix = "check the name, or take it out of the table"
        raise MissingFileError(str(path), expected="a recording", came="no such file", fix=fix) from error
    except OSError as error:
        came = error.strerror or "an error"
        raise MissingFileError(str(path), expected="a recording", came=came, fix="check the file") from error


def _missing(data: bytes) -> int:
    """Bytes that the chunks of a RIFF file announce but that are not there, as far as that can be told."""
    if data[:4] != b"RIFF" or data[8:_HEAD] not in (b"WAVE", b""):
        return 0
    place = _HEAD
    while place + 8 <= len(data):
        (size,) = struct.unpack("<I", data[place + 4 : place + 8])
        if place + 8 + size > len(data):
            return int(place + 8 + size - len(data))
        if data[place : place + 4] == b"data":
            return 0
        place += 8 + size + size % 2
    return max(place + 8 - len(data), 1)


def _cut_off(path: Path, missing: int) -> DataError:
    came = f"one whose last {missing} bytes or more are missing"
    return DataError(str(path), expected="a whole WAV file", came=came, fix="fetch or record it again")
