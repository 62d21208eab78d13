import numpy as np
import pytest

from seqloom.alternatives.fitting.compressed import compressed
from seqloom.alternatives.texts.grams import COLUMNS, grams


def test_tokens_are_counted(make_texts):
    """The first columns say how often each token comes in each text."""
    counts = grams(make_texts(np.array([1, 2, 1]), np.array([4]), targets=np.array([0, 1]), size=5))
    assert counts.shape == (2, 5 + COLUMNS)
    assert compressed(counts)[:, :5].toarray().tolist() == [[0, 2, 1, 0, 0], [0, 0, 0, 0, 1]]


def test_pairs_are_counted_in_order(make_texts):
    """Two tokens the other way round are another pair; none reaches into the next text."""
    texts = make_texts(np.array([1, 2]), np.array([2, 1]), np.array([1, 2, 1]), targets=np.zeros(3, int))
    pairs = compressed(grams(texts))[:, 9:].toarray()
    assert pairs.sum(axis=1).tolist() == [1, 1, 2]
    np.testing.assert_array_equal(pairs[2], pairs[0] + pairs[1])
    assert (pairs[0] != pairs[1]).any()


def test_sequences_that_are_no_texts_are_refused(make_sequences):
    """There are no tokens to count."""
    with pytest.raises(ValueError, match="expected texts, came sequences without"):
        grams(make_sequences(np.zeros((3, 1)), targets=np.array([0])))
