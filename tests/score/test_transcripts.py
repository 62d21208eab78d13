import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.score import character_errors, transcript_metrics, word_errors

SAID = ["the cat sat", "on", "a the mat", "more"]
TRUE = ["the cat sat", "on it", "the mat", ""]


def test_rates_are_errors_over_all_words():
    """Errors of all texts are divided by the words of all: long texts count for more; unknown ones not at all."""
    found = transcript_metrics(SAID, TRUE)
    assert found["wer"] == pytest.approx((0 + 1 + 1) / (3 + 2 + 2))
    assert found["cer"] == pytest.approx((0 + 3 + 2) / (11 + 5 + 7))
    assert found["exact"] == pytest.approx(1 / 3)
    assert (found["substituted"], found["deleted"], found["inserted"]) == pytest.approx((0, 1 / 7, 1 / 7))


def test_rates_may_exceed_one():
    """Who says three words for one has three errors in one word."""
    assert transcript_metrics(["b c d"], ["a"])["wer"] == 3


def test_errors_are_counted_text_by_text():
    """Each text has its own count, none where the truth is unknown."""
    np.testing.assert_array_equal(word_errors(SAID, TRUE), [0, 1, 1, np.nan])
    np.testing.assert_array_equal(character_errors(SAID, TRUE), [0, 3, 2, np.nan])


def test_nothing_known_has_no_rates():
    """Without a truth there is nothing to measure."""
    assert transcript_metrics(["a"], [""]) == {}


@pytest.mark.parametrize("count", [transcript_metrics, word_errors, character_errors])
def test_each_text_needs_its_truth(count):
    """As many truths as texts."""
    with pytest.raises(DataError):
        count(["a", "b"], ["a"])
