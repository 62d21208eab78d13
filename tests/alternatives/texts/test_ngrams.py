"""Counts of n-grams by sorting."""

from collections import Counter

import numpy as np
import pytest

from seqloom.alternatives.texts.ngrams import count_grams

TOKENS = 5


@pytest.fixture
def texts():
    """Two texts of few tokens, and one of a single token."""
    generator = np.random.default_rng(0)
    return [generator.integers(TOKENS, size=size) for size in (60, 25, 1)]


def written(grams, order, place):
    """The tokens of an n-gram, found through its prefixes."""
    tokens = []
    for level in range(order, 0, -1):
        key = int(grams[level - 1].keys[place])
        tokens.insert(0, key % TOKENS)
        place = key // TOKENS
    return tuple(tokens)


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_counts_are_those_of_a_dictionary(texts, order):
    """Every n-gram that occurs is there with its count, and none reaches into the next text."""
    expected = Counter(
        tuple(text[place : place + order].tolist()) for text in texts for place in range(len(text) - order + 1)
    )
    grams = count_grams(texts, 4, TOKENS)
    level = grams[order - 1]
    assert {written(grams, order, place): int(level.counts[place]) for place in range(len(level))} == expected


def test_the_suffix_of_an_n_gram_is_its_last_tokens(texts):
    """The place of its ending in the order below is kept beside each n-gram."""
    grams = count_grams(texts, 3, TOKENS)
    for place, suffix in enumerate(grams[2].suffix.tolist()):
        assert written(grams, 2, suffix) == written(grams, 3, place)[1:]


def test_what_does_not_occur_is_not_found(texts):
    """An n-gram with an unknown prefix or a new last token has no place."""
    level = count_grams(texts, 2, TOKENS + 1)[1]
    assert level.find(np.array([-1, 0]), np.array([0, TOKENS])).tolist() == [-1, -1]
