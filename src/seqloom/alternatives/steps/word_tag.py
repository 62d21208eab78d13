"""The most frequent tag of each word."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.steps.tag_counts import class_counts, each_word, labelled_steps, shares_of, word_counts
from seqloom.prepare import Examples


@dataclass(frozen=True)
class WordTag:
    """Answers how often each word had each tag; new words have the shares of all words.

    Args:
        shares: probabilities of each word, [K].
        usual: those of all words together, [K].
    """

    shares: Mapping[str, NDArray[np.float64]]
    usual: NDArray[np.float64]
    name: ClassVar[str] = "word_tag"
    title: ClassVar[str] = "the most frequent tag of each word"
    reach: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if any(own.shape != self.usual.shape for own in self.shares.values()):
            raise ValueError("shares of another number of classes")

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Count the tags of each word."""
        counts = word_counts(training, hints.classes)
        if not counts:
            return Skipped("the steps are no words")
        every = class_counts(labelled_steps(training)[1], hints.classes)
        usual = every / every.sum()
        return cls({word: shares_of(own, usual) for word, own in counts.items()}, usual)

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The probabilities of each step's word, [N, K]."""
        return each_word(examples, self.shares, self.usual)
