"""Tagged sentences for the alternatives of tags, and texts whose class is the order of two tokens."""

import numpy as np
import pytest

from seqloom.sequence import Words
from tests.evaluate.conftest import make_pairs as make_pairs
from tests.evaluate.conftest import make_pipeline as make_pipeline
from tests.evaluate.conftest import make_sequences as make_sequences
from tests.evaluate.conftest import make_texts as make_texts
from tests.evaluate.conftest import make_windows as make_windows

WORDS = ("Oslo", "Pisa", "bark", "barking", "dogs", "walking")
SENTENCES = ([4, 2], [0, 4, 3], [4, 5])
"""Codes of words, sentence by sentence."""


@pytest.fixture
def make_sentences(make_sequences):
    """Sentences of words by their codes, and the class of each word."""

    def make(sentences, targets):
        codes = np.concatenate([np.array(sentence) for sentence in sentences])
        words = Words(codes, WORDS, np.ones(len(WORDS), dtype=np.bool_))
        empty = [np.zeros((len(sentence), 0)) for sentence in sentences]
        return make_sequences(*empty, targets=np.array(targets), labelled_steps=True, words=words)

    return make


@pytest.fixture
def tagged(make_sentences):
    """Dogs are nouns (0), bark is a verb (1), Oslo a name (2), barking a verb; walking is not labelled."""
    return make_sentences(SENTENCES, [0, 1, 2, 0, 1, 0, -1])


@pytest.fixture
def make_ordered(make_texts):
    """Texts of noise in which two tokens follow each other, in one order for each of two classes, and their classes."""

    def make(count, seed):
        drawn = np.random.default_rng(seed)
        classes = np.arange(count) % 2
        texts = []
        for number in classes:
            tokens = drawn.integers(3, 30, 12)
            place = drawn.integers(0, 11)
            tokens[place : place + 2] = (1, 2) if number else (2, 1)
            texts.append(tokens)
        return make_texts(*texts, targets=classes, size=30), classes

    return make
