import numpy as np

from seqloom.sequence import NextPrediction


def test_the_five_most_probable_tokens_are_columns():
    """In order of their probability, beside the surprise."""
    chances = np.array([[0.1, 0.4, 0.05, 0.2, 0.15, 0.1]])
    found = NextPrediction(chances, np.array([1.5]), tuple("?abcde"), np.array(["x"])).to_columns()
    assert [found[f"next_{place}"][0] for place in range(1, 6)] == ["a", "c", "d", "?", "e"]
    assert [found[f"probability_{place}"][0] for place in (1, 2, 5)] == [0.4, 0.2, 0.1]
    assert found["surprise"].tolist() == [1.5]


def test_a_small_vocabulary_has_fewer_columns():
    """Nothing is made up."""
    found = NextPrediction(np.array([[0.5, 0.5]]), np.array([np.nan]), ("?", "a"), np.array(["x"])).to_columns()
    assert sorted(found) == ["next_1", "next_2", "probability_1", "probability_2", "sequence", "surprise"]
