"""Metrics of translations, compared with formulas worked out by hand."""

import math

import pytest

from seqloom.score import bleu_signature, sentence_chrf, translation_metrics


def test_bleu_is_the_geometric_mean_of_precisions():
    """Of n-grams up to four, as long as the text is no shorter than its reference."""
    text, reference = "the cat sat on the mat today", "the cat sat on the mat now"
    expected = 100 * math.exp(sum(math.log(p) for p in (6 / 7, 5 / 6, 4 / 5, 3 / 4)) / 4)
    assert translation_metrics([text], [reference])["bleu"] == pytest.approx(expected, abs=1e-5)


def test_a_text_that_is_too_short_is_punished():
    """By the exponential of what is missing."""
    metrics = translation_metrics(["a b c d"], ["a b c d e f g h"])
    assert metrics["bleu"] == pytest.approx(100 * math.exp(1 - 8 / 4), abs=1e-5)


def test_capitals_and_marks_count():
    """Texts are compared as people write them."""
    found = translation_metrics(["A man sleeps.", "a man sleeps"], ["A man sleeps.", "A man sleeps."])
    assert found["exact_match"] == 0.5
    assert found["bleu"] < 100


def test_sentences_are_scored_one_by_one():
    """A right text has 100, one without a common character 0."""
    assert sentence_chrf(["xyz", "two dogs"], ["a man", "two dogs"]).tolist() == [0, 100]


def test_the_signature_names_the_tokeniser():
    """So that figures can be compared with others."""
    assert "tok:13a" in bleu_signature()


def test_both_lists_must_have_the_same_length():
    """Nothing is dropped in silence."""
    with pytest.raises(ValueError, match="longer"):
        translation_metrics(["a"], ["a", "b"])
