"""Tagged sentences for the alternatives of tags."""

import numpy as np
import pytest

from seqloom.sequence import Words

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
