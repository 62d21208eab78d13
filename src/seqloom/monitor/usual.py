"""How a signal behaves as long as nothing changes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
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

    The mean of `n` values of one stream varies by `deviation ** 2 * min(1, inflation / n)`, as long as that is not
    less than `floor ** 2`. A signal of independent values has an inflation of 1; one with a first-order
    autocorrelation `r` has `(1 + r) / (1 - r)`; one with a season has about a quarter of its length.

    Args:
        mean: of the values.
        deviation: their standard deviation.
        inflation: how many neighbouring values say as much as one independent one, at least 1.
        stretch: values after which a stretch hardly depends on the one before.
        floor: deviation of a mean of however many values of one stream: streams that differ, or that wander, never come
            to the same one; 0: they do.
        count: values it was measured on.
        skew: third moment of the values, in deviations.
    """

    mean: float
    deviation: float
    inflation: float
    stretch: int
    floor: float
    count: int
    skew: float = 0.0

    @classmethod
    def of(cls, sequences: Sequence[NDArray[np.float64]]) -> "Usual | None":
        """The usual behaviour of these values; None: they are too few, or all the same.

        Means of ever longer stretches are compared: where neighbours do not depend on each other, their variance falls
        as their length grows. The stretch is the shortest length from which on it does, as far as can be told. An
        inflation is one standard error more than it seems.

        Args:
            sequences: values of each sequence in order, without gaps.
        """
        values = np.concatenate(sequences) if sequences else np.empty(0)
        if len(values) < FEWEST or not np.ptp(values):
            return None
        mean, variance = float(values.mean()), float(values.var())
        lengths, ratios, counts = [], [], []
        length = 1
        while True:
            means = np.concatenate([_means(own, length) for own in sequences])
            if len(means) < STRETCHES:
                break
            lengths.append(length)
            counts.append(len(means))
            ratios.append(length * float(np.square(means - mean).mean()) / variance)
            length *= 2
        settled = _settled(np.array(ratios), np.array(counts))
        last = settled == len(ratios) - 1 and settled > 0
        return cls(
            mean=mean,
            deviation=variance**0.5,
            inflation=max(1.0, *ratios[: settled + 1]) * (1 + (2 / counts[settled]) ** 0.5 if settled else 1.0),
            stretch=lengths[settled],
            floor=(variance * ratios[settled] / lengths[settled]) ** 0.5 if last else 0.0,
            count=len(values),
            skew=float(((values - mean) ** 3).mean()) / variance**1.5,
        )

    @property
    def stretches(self) -> float:
        """Independent stretches it was measured on: as many degrees of freedom its variance has."""
        return self.count / self.stretch

    def independent(self, values: float) -> float:
        """How many independent values so many values of one stream are worth.

        Example:
            >>> usual = Usual(0.0, 1.0, 10.0, 16, 0.0, 10_000)
            >>> usual.independent(5), usual.independent(100)
            (1.0, 10.0)
        """
        found = max(1.0, values / self.inflation)
        return min(found, (self.deviation / self.floor) ** 2) if self.floor else found

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
        stretch, count = int(plain["stretch"]), int(plain["count"])
        mean, deviation, inflation, floor, skew = (
            float(plain[name]) for name in ("mean", "deviation", "inflation", "floor", "skew")
        )
        if stretch < 1 or count < 1 or not (deviation > 0 and inflation >= 1 and floor >= 0):
            raise ValueError(plain)
        return cls(mean, deviation, inflation, stretch, floor, count, skew)


def _means(values: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Means of stretches of this length, one after the other."""
    whole = len(values) // length
    means: NDArray[np.float64] = values[: whole * length].reshape(whole, length).mean(axis=1)
    return means


def _settled(ratios: NDArray[np.float64], counts: NDArray[np.int64]) -> int:
    """The first place after which no ratio is larger, nor grows from one to the next, by more than chance explains."""
    later = ratios / (1 + CERTAIN * np.sqrt(2 / counts))
    growing = ratios[1:] / np.maximum(ratios[:-1], 1e-12) > 1 + GROWING / np.sqrt(counts[1:])
    for place in range(len(ratios)):
        if not growing[place:].any() and (later[place + 1 :] <= ratios[: place + 1].max()).all():
            return place
    return len(ratios) - 1
