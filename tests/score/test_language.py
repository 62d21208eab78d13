"""Metrics of running text."""

import numpy as np
import pytest

from seqloom.score import language_metrics


def test_perplexity_is_that_of_equal_chances():
    """A model that finds all of K tokens equally likely has a perplexity of K."""
    found = language_metrics(np.log(np.full(7, 1 / 12)), 7)
    assert found["perplexity"] == pytest.approx(12)
    assert found["nats_per_token"] == pytest.approx(np.log(12))


def test_bits_per_character_do_not_depend_on_the_tokens():
    """The same probability of the same text gives the same bits, in however many tokens it comes."""
    letters, words = np.log([0.5, 0.25, 0.5, 0.5]), np.log([0.5 * 0.25, 0.5 * 0.5])
    one, other = language_metrics(letters, 4), language_metrics(words, 4)
    assert one["bits_per_character"] == pytest.approx(other["bits_per_character"]) == pytest.approx(5 / 4)
    assert one["perplexity"] != pytest.approx(other["perplexity"])


def test_accuracy_is_the_share_of_hits():
    """It is there only where it is known which tokens were the most probable."""
    assert language_metrics(np.zeros(4), 4, np.array([True, True, True, False]))["accuracy"] == 0.75
    assert "accuracy" not in language_metrics(np.zeros(4), 4)


def test_hopeless_models_have_a_finite_perplexity():
    """Exponentials that no number can hold stay at the greatest one."""
    assert np.isfinite(language_metrics(np.array([-1e6]), 1)["perplexity"])
