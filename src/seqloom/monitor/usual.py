"""How a signal behaves as long as nothing changes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

FEWEST = 24
"""Values from which a usual behaviour can be told at all."""
STRETCHES = 8
"""Independent stretches below which nothing is claimed: from fewer nobody can say how much their means vary."""
CERTAIN = 3.0
"""Standard errors by which neighbours have to hang together more than before to be believed."""
GROWING = 3.0
"""The same for stretches and those twice as long, which are made of the same values."""


@dataclass(frozen=True)
class Usual:
    """Mean and deviation of a signal, and how far its neighbouring values depend on each other.

    The mean of `n` values of one stream varies by `(deviation ** 2 - floor ** 2) * min(1, inflation / n) + floor ** 2`.
    A signal of independent values has an inflation of 1; one with a first-order
    autocorrelation `r` has `(1 + r) / (1 - r)`; one with a season has about a quarter of its length.

    Args:
        mean: of the values.
        deviation: their standard deviation.
        inflation: how many neighbouring values say as much as one independent one, at least 1.
        stretch: values after which a stretch hardly depends on the one before.
        floor: deviation of a mean of however many values of one stream: streams that differ, or that wander, never come
            to the same one; 0: they do.
        count: values it was measured on.
        sequences: of which the floor was measured; 0: it was not.
        skew: third moment of the values, in deviations.
    """

    mean: float
    deviation: float
    inflation: float
    stretch: int
    floor: float
    count: int
    sequences: int = 0
    skew: float = 0.0

    @classmethod
    def of(cls, sequences: Sequence[NDArray[np.float64]]) -> "Usual | None":
        """The usual behaviour of these values; None: they are too few, or all the same.

        Means of ever longer stretches are compared: where neighbours do not depend on each other, their variance falls
        as their length grows. The stretch is the shortest length from which on it does, as far as can be told. An
        inflation is one standard error more than it seems. Where there are enough sequences, each is taken around its
        own mean, and how far these means differ is the floor.

        Args:
            sequences: values of each sequence in order, without gaps.
        """
        sequences = [own for own in sequences if len(own)]
        values = np.concatenate(sequences) if sequences else np.empty(0)
        if len(values) < FEWEST or not np.ptp(values):
            return None
        mean, variance = float(values.mean()), float(values.var())
        own = [part - mean for part in sequences]
        between = 0.0
        if len(own) >= STRETCHES and len(values) >= FEWEST * len(own):
            own, between = _centred(own)
        within = float(np.concatenate(own).var())
        ratios, counts = _ratios(own, within) if within > 0 else (np.ones(1), np.array([len(values)]))
        settled = _settled(ratios, counts)
        last = settled == len(ratios) - 1 and settled > 0
        wandering = within * ratios[settled] / 2**settled if last else 0.0
        return cls(
            mean=mean,
            deviation=variance**0.5,
            inflation=max(1.0, *ratios[: settled + 1]) * (1 + (2 / counts[settled]) ** 0.5 if settled else 1.0),
            stretch=2**settled,
            floor=min(variance, between + wandering) ** 0.5,
            count=len(values),
            sequences=len(sequences) if between else 0,
            skew=float(((values - mean) ** 3).mean()) / variance**1.5,
        )

    @property
    def stretches(self) -> float:
        """Independent stretches it was measured on, or sequences: as many degrees of freedom its variance has."""
        return self.sequences or self.count / self.stretch

    def independent(self, values: float) -> float:
        """How many independent values so many values of one stream are worth.

        Example:
            >>> usual = Usual(0.0, 1.0, 10.0, 16, 0.0, 10_000)
            >>> usual.independent(5), usual.independent(100)
            (1.0, 10.0)
        """
        within, floor = self.deviation**2 - self.floor**2, self.floor**2
        return self.deviation**2 / (within * min(1.0, self.inflation / max(values, 1.0)) + floor)

    def slowed(self, other: "Usual") -> "Usual":
        """The same signal, if its neighbours depend on each other at least as long as those of another one."""
        floor = max(self.floor, self.deviation * other.floor / other.deviation)
        inflation, stretch = max(self.inflation, other.inflation), max(self.stretch, other.stretch)
        return replace(self, inflation=inflation, stretch=stretch, floor=floor)

    def to_json(self) -> dict[str, float]:
        """The same as plain numbers."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Usual":
        """What `to_json` wrote.

        Raises:
            KeyError: a number is missing.
            TypeError: it is none.
            ValueError: it cannot be.
        """
        stretch, count, sequences = (int(plain[name]) for name in ("stretch", "count", "sequences"))
        mean, deviation, inflation, floor, skew = (
            float(plain[name]) for name in ("mean", "deviation", "inflation", "floor", "skew")
        )
        if stretch < 1 or count < 1 or not (deviation > 0 and inflation >= 1 and deviation >= floor >= 0):
            raise ValueError(plain)
        return cls(mean, deviation, inflation, stretch, floor, count, sequences, skew)


def _means(values: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Means of stretches of this length, one after the other."""
    whole = len(values) // length
    means: NDArray[np.float64] = values[: whole * length].reshape(whole, length).mean(axis=1)
    return means


def _centred(own: Sequence[NDArray[np.float64]]) -> tuple[list[NDArray[np.float64]], float]:
    """Values around the mean of their sequence, and how far these means differ; 0: no more than by chance."""
    means = np.array([part.mean() for part in own])
    centred = [part - mean for part, mean in zip(own, means, strict=True)]
    within = float(np.concatenate(centred).var())
    ratios, counts = _ratios(centred, within) if within > 0 else (np.ones(1), np.ones(1, np.int64))
    chance = within * ratios[_settled(ratios, counts)] * float(np.mean([1 / len(part) for part in own]))
    spread = float(means.var(ddof=1))
    if spread <= chance * float(_allowed(np.array(len(own) - 1))):
        return list(own), 0.0
    return centred, spread


def _ratios(own: Sequence[NDArray[np.float64]], variance: float) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Length times variance of means of stretches of 1, 2, 4, … values, over that of the values; and their counts."""
    ratios, counts = [1.0], [sum(map(len, own))]
    length = 2
    while len(means := np.concatenate([_means(part, length) for part in own])) >= STRETCHES:
        ratios.append(length * float(np.square(means).mean()) / variance)
        counts.append(len(means))
        length *= 2
    return np.array(ratios), np.array(counts)


def _allowed(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """How many times what it is a variance may seem to be by chance, from so many values."""
    found: NDArray[np.float64] = 1 + CERTAIN * np.sqrt(2 / counts)
    return found


def _settled(ratios: NDArray[np.float64], counts: NDArray[np.int64]) -> int:
    """The first place after which no ratio is larger, nor grows from one to the next, by more than chance explains."""
    later = ratios / _allowed(counts)
    growing = ratios[1:] / np.maximum(ratios[:-1], 1e-12) > 1 + GROWING / np.sqrt(counts[1:])
    for place in range(len(ratios)):
        if not growing[place:].any() and (later[place + 1 :] <= ratios[: place + 1].max()).all():
            return place
    return len(ratios) - 1
