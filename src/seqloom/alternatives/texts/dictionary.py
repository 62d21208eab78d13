"""A dictionary learned from pairs of texts, applied word by word."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.labelled import drawn
from seqloom.alternatives.texts.parallel import sources_of, translations_of, words_of, written_out
from seqloom.prepare import Examples
from seqloom.sequence import Array

ROUNDS = 5
LONGEST = 60
"""Words of a text that are learned from, at most."""

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Dictionary:
    """Each word becomes the word it most probably means, in the same order; words never met are copied.

    The probabilities are those of IBM model 1, learned by expectation maximisation. Source: Brown, Della Pietra, Della
    Pietra & Mercer, "The mathematics of statistical machine translation", Computational Linguistics 19 (1993).

    Args:
        meanings: the most probable translation of each word.
    """

    meanings: Mapping[str, str]
    name: ClassVar[str] = "dictionary"
    title: ClassVar[str] = "a dictionary word by word"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 pairs."""
        translations = translations_of(training)
        places = drawn(np.flatnonzero([text is not None for text in translations]), hints.seed)
        pairs = [
            (words_of(source)[:LONGEST], words_of(translation)[:LONGEST])
            for source, translation in zip(sources_of(training)[places], translations[places], strict=True)
        ]
        pairs = [(source, translation) for source, translation in pairs if source and translation]
        return cls(_meanings(pairs)) if pairs else Skipped("no training sentence has a translation")

    def predict(self, examples: Examples) -> Array:
        """Texts, [E]."""
        answers = np.empty(len(examples), dtype=object)
        answers[:] = [
            written_out(self.meanings.get(word, word) for word in words_of(source)) for source in sources_of(examples)
        ]
        return answers


def _meanings(pairs: list[tuple[list[str], list[str]]]) -> dict[str, str]:
    """The most probable translation of each source word."""
    sources, targets = _numbered([source for source, _ in pairs]), _numbered([target for _, target in pairs])
    source, target, position = _met(
        [[0, *(sources[word] for word in words)] for words, _ in pairs],
        [[targets[word] for word in words] for _, words in pairs],
    )
    keys, entry = np.unique(source * (len(targets) + 1) + target, return_inverse=True)
    owner, word = keys // (len(targets) + 1), keys % (len(targets) + 1)
    probability = np.ones(len(keys))
    for _ in range(ROUNDS):
        each = probability[entry]
        share = each / np.bincount(position, each)[position]  # of each source word in a target word
        counts = np.bincount(entry, share, minlength=len(keys))
        probability = counts / np.bincount(owner, counts)[owner]
    order = np.lexsort((word, -probability, owner))
    first = order[np.concatenate([[True], np.diff(owner[order]) > 0])]
    names, meanings = ("", *sources), ("", *targets)
    return {names[owner[place]]: meanings[word[place]] for place in first.tolist() if owner[place]}


def _numbered(texts: list[list[str]]) -> dict[str, int]:
    """A number for each word, from 1 on; 0 stands for no word at all, which may mean any."""
    words = dict.fromkeys(word for text in texts for word in text)
    return {word: number for number, word in enumerate(words, 1)}


def _met(sources: list[list[int]], targets: list[list[int]]) -> tuple[Places, Places, Places]:
    """All pairs of a source and a target word that meet in a pair of texts, and which target position each is of."""
    source = np.concatenate([np.tile(own, len(other)) for own, other in zip(sources, targets, strict=True)])
    repeats = np.concatenate([np.full(len(other), len(own)) for own, other in zip(sources, targets, strict=True)])
    flat = np.concatenate([np.array(other) for other in targets])
    return source.astype(np.int64), np.repeat(flat, repeats), np.repeat(np.arange(len(flat)), repeats)
