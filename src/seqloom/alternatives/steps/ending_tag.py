"""The most frequent tag of each word, or of its ending where the word is new.

Source: Brants, "TnT: a statistical part-of-speech tagger" (2000), who guesses new words by the endings of rare ones.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.steps.tag_counts import each_word, shares_of, word_counts
from seqloom.alternatives.steps.word_tag import WordTag
from seqloom.prepare import Examples

LONGEST = 5
"""Letters of an ending, at most."""
RARE = 10
"""Times a word may have been met to stand for new ones."""

Ending = tuple[bool, str]


@dataclass(frozen=True)
class EndingTag:
    """Answers as `WordTag` does for words it has met, and for others by their longest ending that rare words had.

    Args:
        words: the answers for words that were met.
        endings: probabilities of each ending, with whether the word begins with a capital, [K].
    """

    words: WordTag
    endings: Mapping[Ending, NDArray[np.float64]]
    name: ClassVar[str] = "ending_tag"
    title: ClassVar[str] = "the most frequent tag of each word or ending"
    reach: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if any(own.shape != self.words.usual.shape for own in self.endings.values()):
            raise ValueError("shares of another number of classes")

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Count the tags of each word, and those of the endings of rare words."""
        words = WordTag.fit(training, hints)
        if isinstance(words, Skipped):
            return words
        found: dict[Ending, NDArray[np.float64]] = {}
        for word, counts in word_counts(training, hints.classes).items():
            if counts.sum() <= RARE:
                for ending in endings_of(word):
                    found[ending] = found.get(ending, np.zeros(hints.classes)) + counts
        return cls(words, {ending: shares_of(counts, words.usual) for ending, counts in found.items()})

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The probabilities of each step's word or ending, [N, K]."""
        words = examples.prepared.words
        labels = () if words is None else words.labels
        guessed = {word: self._guess(word) for word in labels if word not in self.words.shares}
        return each_word(examples, {**self.words.shares, **guessed}, self.words.usual)

    def _guess(self, word: str) -> NDArray[np.float64]:
        return next((self.endings[ending] for ending in endings_of(word) if ending in self.endings), self.words.usual)


def endings_of(word: str) -> Iterator[Ending]:
    """The endings of a word, the longest first, the empty one last, with whether the word begins with a capital.

    Example:
        >>> list(endings_of("Oslo"))
        [(True, 'oslo'), (True, 'slo'), (True, 'lo'), (True, 'o'), (True, '')]
    """
    lower = word.lower()
    for size in range(min(LONGEST, len(word)), -1, -1):
        yield word[:1].isupper(), lower[len(lower) - size :]
