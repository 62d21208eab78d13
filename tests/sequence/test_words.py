"""Words beside their codes."""

import numpy as np

from seqloom.sequence import Words


def test_a_word_is_new_where_the_vocabulary_lacks_it():
    """Missing words are new, too, and written as nothing."""
    words = Words(np.array([1, 0, -1, 1]), ("cat", "dog"), np.array([False, True]))
    rows = np.array([3, 1, 2])
    assert words.at(rows) == ["dog", "cat", ""]
    assert words.new(rows).tolist() == [False, True, True]
