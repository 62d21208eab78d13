import numpy as np
import pytest

from seqloom.report import TranslateOutcome
from seqloom.sequence import Alignment, TranslatePrediction


def outcome(texts, references, tokens=(3, 3, 3)):
    """Translations of sources of so many tokens."""
    count = len(texts)
    found = tuple(Alignment(("t",) * size, ("s", "s"), np.ones((3, size), np.float32) / size) for size in tokens)
    keys, zeros, ones = np.arange(count), np.zeros(count), np.ones(count, np.int64)
    prediction = TranslatePrediction(
        np.array(texts, dtype=object),
        zeros,
        "en",
        keys,
        found,
        zeros,
        ones,
    )
    sources = np.array([" ".join(["w"] * size) for size in tokens], dtype=object)
    return TranslateOutcome(prediction, sources, np.array(references, dtype=object))


@pytest.fixture
def mixed():
    """A right translation, a wrong one, and one between."""
    return outcome(["a dog", "xyz", "a cat runs"], ["a dog", "two men", "a dog runs"], tokens=(2, 3, 9))


def test_translations_are_ordered_by_their_character_score(mixed):
    """Best and worst are the two ends."""
    assert mixed.best(3) == [0, 2, 1]
    assert mixed.worst(2) == [1, 2]


def test_of_equally_good_ones_the_longest_comes_first():
    """A long right translation says more than a short one."""
    assert outcome(["a", "b", "c"], ["a", "b", "c"], tokens=(1, 4, 2)).best(2) == [1, 2]


def test_drawn_sentences_are_short(mixed):
    """Longer ones cannot be read; the others are spread over the part."""
    assert mixed.spread(5, longest=4) == [0, 1]
    assert mixed.spread(2, longest=99) == [0, 2]
    assert mixed.spread(2, longest=1) == []


def test_lengths_are_those_of_words(mixed):
    """Not of tokens."""
    assert mixed.lengths.tolist() == [2, 3, 9]
