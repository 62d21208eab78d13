"""Log-mel energies of sound: short frames, their spectra, and bands spaced as pitch is heard."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import SettingsError
from seqloom.prepare.settings import SoundSettings
from seqloom.sequence import Array

AT_ONCE = 1 << 13
"""Frames whose spectra are computed together: some 16 MB."""
DELTA_FRAMES = 5
"""Frames a slope is taken over: the present one and those before it."""
FLOOR = 1e-10
"""Energy of digital silence, whose logarithm must be a number; that of a full-scale tone is about 1/4."""
NATS_PER_DECIBEL = float(np.log(10) / 10)
APART = 1000.0
"""More than logarithms of energies differ by."""

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Mel:
    """The front end of sounds: the logarithm of the energy in bands of the mel scale, frame by frame.

    Frame `t` begins with sample `t * hop` and is `width` samples long; a recording shorter than that is one frame,
    filled up with silence. A frame depends on its own samples and, for slopes, on the frames before it, never on what
    follows: sound that arrives piece by piece has the same frames.

    The spectrum is that of the frame under a periodic Hann window, filled with zeros to at least twice its length. The
    bands are triangles of height 1 over the frequencies in hertz whose corners lie evenly on the mel scale
    `2595 log10(1 + f / 700)` (O'Shaughnessy, "Speech communication: human and machine", 1987, as in HTK); each holds
    the weighted sum of the power spectrum, divided by the energy of the window. What is given is the logarithm of that
    sum, less that of the loudest band so far in the recording, and at least `range_db` below it: how far somebody
    stands from the microphone does not count. With `loudness` absolute it is full scale that is 0.

    Args:
        rate: samples per second.
        settings: lengths of frames, bands, loudness.
    """

    rate: int
    settings: SoundSettings

    @property
    def width(self) -> int:
        """Samples of a frame."""
        return max(2, round(self.settings.frame_ms * self.rate / 1000))

    @property
    def hop(self) -> int:
        """Samples from the beginning of a frame to that of the next."""
        return max(1, round(self.settings.hop_ms * self.rate / 1000))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features: the bands from low to high, then their slopes."""
        bands = range(self.settings.mel_bands)
        digits = len(str(self.settings.mel_bands - 1))
        kinds = ("mel", "slope") if self.settings.slopes else ("mel",)
        return tuple(f"{kind}_{band:0{digits}d}" for kind in kinds for band in bands)

    def counts(self, lengths: Indices) -> Indices:
        """Frames of recordings of so many samples, [S]; a recording without samples has none."""
        frames: Indices = np.where(lengths > 0, 1 + np.maximum(lengths - self.width, 0) // self.hop, 0)
        return frames

    def blocks(self, samples: Array, offsets: Indices) -> Iterator[Floats]:
        """The frames of recordings, one recording after the other, many at a time, [n, features].

        Args:
            samples: all recordings, one after the other; may be memory-mapped.
            offsets: where each begins, and where the last one ends, [S + 1].
        """
        counts = self.counts(np.diff(offsets))
        ends = np.cumsum(counts)
        past = _Past(-1, -np.inf, np.empty((0, self.settings.mel_bands), dtype=np.float32))
        for low in range(0, int(ends[-1]) if len(ends) else 0, AT_ONCE):
            frame = np.arange(low, min(low + AT_ONCE, int(ends[-1])))
            owner = np.searchsorted(ends, frame, side="right")
            first = ends[owner] - counts[owner]
            energies = self._energies(samples, offsets[owner] + (frame - first) * self.hop, offsets[owner + 1])
            loudest = past.loudest(energies, owner)
            reference = loudest[:, None] if self.settings.loudness == "relative" else 0.0
            levels = np.maximum(energies - reference, -self.settings.range_db * NATS_PER_DECIBEL).astype(np.float32)
            seen = np.concatenate([past.levels, levels])
            if self.settings.slopes:
                before = len(past.levels)
                slopes = _slopes(seen, np.maximum(first - low + before, 0), np.arange(before, len(seen)))
                yield np.concatenate([levels, slopes], axis=1)
            else:
                yield levels
            past = _Past(int(owner[-1]), float(loudest[-1]), seen[1 - DELTA_FRAMES :])

    def __call__(self, samples: Array) -> Floats:
        """The frames of one recording, [T, features]."""
        blocks = list(self.blocks(samples, np.array([0, len(samples)])))
        return np.concatenate(blocks) if blocks else np.empty((0, len(self.names)), dtype=np.float32)

    def _energies(self, samples: Array, start: Indices, stop: Indices) -> Floats:
        """Log energies of the frames that begin at `start`, in recordings that end at `stop`, [n, bands]."""
        places = start[:, None] + np.arange(self.width)  # [n, width]
        inside = places < stop[:, None]
        frames = samples[np.minimum(places, len(samples) - 1)] * np.where(inside, self._window, np.float32(0))
        spectrum = np.fft.rfft(frames.astype(np.float32, copy=False), self._points, axis=1)
        power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32, copy=False)  # [n, points / 2 + 1]
        energies: Floats = np.log(np.maximum(power @ self.filters, np.float32(FLOOR)))
        return energies

    @property
    def _points(self) -> int:
        """Length of the spectrum: a power of two."""
        return 1 << (2 * self.width - 1).bit_length()

    @cached_property
    def _window(self) -> Floats:
        """The periodic Hann window, of unit energy, [width]."""
        window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(self.width) / self.width)
        scaled: Floats = (window / np.sqrt((window**2).sum())).astype(np.float32)
        return scaled

    @cached_property
    def filters(self) -> Floats:
        """Weight of each frequency of the spectrum in each band, [points / 2 + 1, bands].

        Raises:
            SettingsError: the bands do not lie between 0 and half the rate, or are too narrow for the frames.
        """
        low, high = self.settings.lowest_hz, self.settings.highest_hz or self.rate / 2
        if not low < high <= self.rate / 2:
            raise SettingsError(
                "highest_hz",
                expected=f"a frequency above {low:g} and up to {self.rate / 2:g}, half the rate",
                came=f"{high:g}",
                fix="choose another, or a higher --rate",
            )
        corners = _hertz(np.linspace(_mel(low), _mel(high), self.settings.mel_bands + 2))
        frequencies = np.arange(self._points // 2 + 1) * self.rate / self._points
        rising = (frequencies[:, None] - corners[:-2]) / np.diff(corners)[:-1]
        falling = (corners[2:] - frequencies[:, None]) / np.diff(corners)[1:]
        weights = np.maximum(0, np.minimum(rising, falling))
        if not weights.any(axis=0).all():
            came = f"{self.settings.mel_bands} in frames of {self.width} samples"
            raise SettingsError(
                "mel_bands",
                expected="bands that each hold a frequency",
                came=came,
                fix="choose fewer, or longer frames",
            )
        return weights.astype(np.float32)


class _Past(NamedTuple):
    """What a frame knows of those before it, which may lie in another block.

    Attributes:
        owner: the recording of the last of them.
        top: the loudest band of that recording so far, as the logarithm of its energy.
        levels: the last four of them, [4, bands].
    """

    owner: int
    top: float
    levels: Floats

    def loudest(self, energies: Floats, owner: Indices) -> NDArray[np.float64]:
        """The loudest band of each frame's recording up to it, [n].

        Args:
            energies: logarithms of energies, [n, bands].
            owner: the recording of each frame, never decreasing, [n].
        """
        own = energies.max(axis=1).astype(np.float64)
        if owner[0] == self.owner:
            own[0] = max(own[0], self.top)
        apart = APART * (owner - owner[0])  # each recording lies above all before it
        found: NDArray[np.float64] = np.maximum.accumulate(own + apart) - apart
        return found


def _slopes(values: Floats, first: Indices, rows: Indices) -> Floats:
    """Least-squares slope over each row and the four before it; before a recording begins its first frame repeats.

    Args:
        values: frames, [n, F].
        first: the first row of the recording of each of `rows`.
        rows: which rows are asked for.
    """
    back = np.arange(DELTA_FRAMES)[::-1]  # the oldest first
    weights = (np.arange(DELTA_FRAMES) - (DELTA_FRAMES - 1) / 2).astype(np.float32)
    weights /= (weights**2).sum()
    slopes = np.zeros((len(rows), values.shape[1]), dtype=np.float32)
    for lag, weight in zip(back, weights, strict=True):
        slopes += weight * values[np.maximum(rows - lag, first)]
    return slopes


def _mel(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))


def _hertz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(700 * (10 ** (mel / 2595) - 1), dtype=np.float64)
