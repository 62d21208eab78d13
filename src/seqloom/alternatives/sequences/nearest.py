"""Nearest neighbours: the answer of the training sequences that are most alike, in whatever tempo."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.sequences.warping import Shapes, Shortening, warped_distances
from seqloom.prepare import Examples
from seqloom.sequence import Array

KNOWN = 1000
"""Training sequences that are compared with, at most; more are drawn from at random."""
NEIGHBOURS = 3
"""Nearest ones whose classes count."""


@dataclass(frozen=True)
class NearestClasses:
    """The classes of the three nearest training sequences by dynamic time warping.

    Args:
        shortening: what makes sequences short.
        known: training sequences.
        numbers: their classes.
        classes: how many classes there are.
    """

    shortening: Shortening
    known: Shapes
    numbers: NDArray[np.int64]
    classes: int
    name: ClassVar[str] = "nearest"
    title: ClassVar[str] = "nearest neighbours by dynamic time warping"

    def __post_init__(self) -> None:
        if self.numbers.shape != (len(self.known),) or not ((self.numbers >= 0) & (self.numbers < self.classes)).all():
            raise ValueError(f"{len(self.known)} sequences, classes {self.numbers.shape} of {self.classes}")

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Keep at most 1,000 labelled sequences."""
        numbers = training.truth()
        places = _drawn(np.flatnonzero(numbers >= 0), hints.seed)
        if not len(places):
            return Skipped("no training sequence has a label")
        shortening = Shortening.fit(training)
        return cls(shortening, shortening(training.take(places)), numbers[places], hints.classes)

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """Shares of the votes, the nearest first among equals; none is quite 0, [E, K]."""
        distances = warped_distances(self.shortening(examples), self.known)
        nearest = np.argsort(distances, axis=1, kind="stable")[:, :NEIGHBOURS]
        votes = np.full((len(examples), self.classes), 1 / self.classes)
        weights = 1 + np.arange(nearest.shape[1])[::-1] / NEIGHBOURS  # a tie goes to the nearest
        for place, weight in enumerate(weights):
            votes[np.arange(len(examples)), self.numbers[nearest[:, place]]] += weight
        shares: NDArray[np.float64] = votes / votes.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True)
class NearestText:
    """The text of the nearest training sequence by dynamic time warping.

    Args:
        shortening: what makes sequences short.
        known: training sequences.
        texts: their texts.
    """

    shortening: Shortening
    known: Shapes
    texts: Array
    name: ClassVar[str] = "nearest"
    title: ClassVar[str] = "the nearest neighbour by dynamic time warping"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Keep at most 1,000 sequences with a text."""
        texts = texts_of(training)
        places = _drawn(np.flatnonzero(texts != ""), hints.seed)
        if not len(places):
            return Skipped("no training sequence has a text")
        shortening = Shortening.fit(training)
        return cls(shortening, shortening(training.take(places)), texts[places])

    def predict(self, examples: Examples) -> Array:
        """The text of the nearest one, [E]."""
        nearest: Array = self.texts[warped_distances(self.shortening(examples), self.known).argmin(axis=1)]
        return nearest


@dataclass(frozen=True)
class CommonText:
    """The text that is most frequent in the training part.

    Args:
        text: the first of them, by letter.
    """

    text: str
    name: ClassVar[str] = "most_common"
    title: ClassVar[str] = "the most frequent text"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:  # noqa: ARG003 - nothing but texts
        """Count the texts."""
        texts = texts_of(training)
        different, counts = np.unique(texts[texts != ""].astype(str), return_counts=True)
        return cls(str(different[counts.argmax()])) if len(different) else Skipped("no training sequence has a text")

    def predict(self, examples: Examples) -> Array:
        """The same text for each, [E]."""
        return np.full(len(examples), self.text, dtype=object)


def texts_of(examples: Examples) -> Array:
    """The text of each example as it was given, empty where it is missing, [E]."""
    prepared = examples.prepared
    texts: Array = prepared.texts[prepared.target_names[0]][examples.sequence]
    return np.array([text or "" for text in texts], dtype=object)


def _drawn(places: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """The places, or 1,000 of them drawn at random, in order."""
    if len(places) <= KNOWN:
        return places
    return np.sort(np.random.default_rng(seed).choice(places, KNOWN, replace=False))
