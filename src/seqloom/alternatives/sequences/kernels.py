"""Random convolution kernels over sequences of any length.

Source: Dempster, Petitjean & Webb, "ROCKET: exceptionally fast and accurate time series classification using random
convolutional kernels", Data Mining and Knowledge Discovery 34 (2020); several channels as in the authors' code: each
kernel reads some of them, drawn at random.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare import Examples
from seqloom.sequence import compiled

LENGTHS = (7, 9, 11)
MOST_CHANNELS = 9

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Kernels:
    """Kernels, each a short random pattern that is slid along a sequence.

    Args:
        lengths: taps of each, [k].
        dilations: steps from one tap to the next, [k].
        padded: 1 where the pattern may reach beyond the ends of a sequence, where there are zeros, [k].
        biases: what is added to each place's sum, [k].
        channels: features that each reads, one kernel after the other, [sum of counts].
        counts: how many of them, [k].
        weights: taps of each channel, one after the other, kernel by kernel, [sum of counts times lengths].
    """

    lengths: Ints
    dilations: Ints
    padded: Ints
    biases: Floats
    channels: Ints
    counts: Ints
    weights: Floats

    def __post_init__(self) -> None:
        each = (self.lengths, self.dilations, self.padded, self.biases, self.counts)
        if len({own.shape for own in each}) > 1 or self.lengths.ndim != 1:
            raise ValueError(f"kernels of {[own.shape for own in each]} parts")
        if min(own.min(initial=1) for own in (self.lengths, self.dilations, self.counts)) < 1:
            raise ValueError("kernels without a tap, a step or a channel")
        ends = (int(self.counts.sum()),), (int((self.counts * self.lengths).sum()),)
        if (self.channels.shape, self.weights.shape) != ends or (self.channels < 0).any():
            raise ValueError(f"{self.channels.shape} channels and {self.weights.shape} weights for {ends}")

    @classmethod
    def drawn(cls, count: int, features: int, steps: int, seed: int) -> Self:
        """Kernels by chance: weights normal with a mean of 0, dilations up to the length of a sequence.

        Args:
            count: how many.
            features: of a step.
            steps: of a usual sequence.
            seed: of the drawing.
        """
        random = np.random.default_rng(seed)
        lengths = random.choice(LENGTHS, count)
        widest = np.log2(np.maximum(1.0, (steps - 1) / (lengths - 1)))
        dilations = (2 ** random.uniform(0, widest)).astype(np.int64)
        most = np.log2(min(features, MOST_CHANNELS) + 1)
        counts = np.clip((2 ** random.uniform(0, most, count)).astype(np.int64), 1, features)
        channels = [np.sort(random.choice(features, own, replace=False)) for own in counts]
        weights = [random.normal(size=(own, length)) for own, length in zip(counts, lengths, strict=True)]
        return cls(
            lengths=lengths.astype(np.int64),
            dilations=dilations,
            padded=random.integers(0, 2, count),
            biases=random.uniform(-1, 1, count).astype(np.float32),
            channels=np.concatenate(channels),
            counts=counts,
            weights=np.concatenate([(own - own.mean(axis=1, keepdims=True)).ravel() for own in weights]).astype(
                np.float32
            ),
        )

    def __call__(self, examples: Examples) -> NDArray[np.float64]:
        """Of each kernel the share of places where its sum is above 0, and the greatest sum, [E, 2 k]."""
        if self.channels.max(initial=0) >= examples.prepared.numbers.shape[1]:
            raise ValueError(f"a channel beyond the {examples.prepared.numbers.shape[1]} there are")
        numbers = np.ascontiguousarray(examples.prepared.numbers, dtype=np.float32)
        start, stop = examples.start.astype(np.int64), examples.stop.astype(np.int64)
        return _features(
            numbers,
            start,
            stop,
            (self.lengths, self.dilations, self.padded, self.channels, self.counts),
            self.biases,
            self.weights,
        )


@compiled
def _features(
    numbers: Floats,
    start: Ints,
    stop: Ints,
    shape: tuple[Ints, Ints, Ints, Ints, Ints],
    biases: Floats,
    weights: Floats,
) -> NDArray[np.float64]:
    lengths, dilations, padded, channels, counts = shape
    found = np.zeros((len(start), 2 * len(lengths)))
    for example in range(len(start)):
        rows = numbers[start[example] : stop[example]]
        channel = weight = 0
        for kernel in range(len(lengths)):
            taps, many = lengths[kernel], counts[kernel]
            own = weights[weight : weight + many * taps].reshape(many, taps)
            read = channels[channel : channel + many]
            share, greatest = _slid(rows, own, read, dilations[kernel], padded[kernel], biases[kernel])
            found[example, 2 * kernel], found[example, 2 * kernel + 1] = share, greatest
            channel += many
            weight += many * taps
    return found


@compiled
def _slid(
    rows: Floats, weights: Floats, channels: Ints, dilation: int, padded: int, bias: float
) -> tuple[float, float]:
    """One kernel along one sequence; a pattern longer than the sequence is always padded."""
    steps, taps = len(rows), weights.shape[1]
    span = (taps - 1) * dilation
    beyond = span // 2 if padded == 1 or span >= steps else 0
    first, last = -beyond, steps + beyond - span
    positive, greatest = 0, -np.inf
    for place in range(first, last):
        total = bias
        for tap in range(taps):
            at = place + tap * dilation
            if 0 <= at < steps:
                for c in range(len(channels)):
                    total += weights[c, tap] * rows[at, channels[c]]
        positive += total > 0
        greatest = max(greatest, total)
    if last <= first:
        return 0.0, 0.0
    return positive / (last - first), greatest
