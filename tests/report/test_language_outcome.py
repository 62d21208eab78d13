"""How likely each token was found."""

import numpy as np
import pytest

from seqloom.report import LanguageOutcome
from seqloom.sequence import LanguagePrediction

TEXT = "ab\nba\nbb\n"
SURPRISE = np.array([1.0, 0.5, 4.0, 2.0, 0.5, 3.0, 0.1, 0.1])


@pytest.fixture
def outcome():
    """All tokens of a short text but the first, whose surprise is known."""
    codes = np.array([{"a": 1, "b": 2, "\n": 3}[letter] for letter in TEXT])
    place = np.arange(1, len(TEXT))
    prediction = LanguagePrediction(
        log_probabilities=-SURPRISE,
        expected=SURPRISE / 2,
        best=np.ones(8, dtype=np.int64),
        came=codes[1:],
        vocabulary=("[UNK]", "a", "b", "\n"),
        keys=np.array(["text"] * 8),
        steps=place + 1,
    )
    return LanguageOutcome(prediction, place, place // 3, place, lambda first, last: TEXT[first:last])


def test_surprise_is_summed_by_token(outcome):
    """Each token that came has its count and its sum."""
    codes, counts, sums = outcome.by_token()
    assert codes.tolist() == [1, 2, 3]
    assert counts.tolist() == [1, 4, 3]
    assert sums == pytest.approx([2.0, 8.1, 1.1])


def test_the_hardest_tokens_are_of_different_lines(outcome):
    """The most surprising token of each line, the hardest first."""
    assert outcome.hardest(2) == [2, 5]
    assert outcome.hardest(9) == [2, 5, 0]


def test_the_hardest_lines_are_shown_as_they_are(outcome):
    """Lines of fewer tokens than asked for are left out."""
    assert outcome.hardest_lines(1, 1) == [(pytest.approx(6.5 / 3), "ba\n")]
    assert [line for _, line in outcome.hardest_lines(9, 3)] == ["ba\n", "bb\n"]
