import numpy as np
import pytest

from seqloom.report.transcript_outcome import TranscriptOutcome
from seqloom.sequence import TranscriptPrediction


@pytest.fixture
def outcome():
    """Five texts: one right, three wrong, one unknown."""
    said = np.array(["one two", "three", "too", "for", "five"], dtype=object)
    truth = ("one two", "tree", "two", "four four", "")
    prediction = TranscriptPrediction(said, np.zeros(5), "said", np.array(list("abcde")))
    return TranscriptOutcome(prediction, truth, (9, 5, 4, 8, 4))


def test_the_worst_have_the_most_errors_for_their_length(outcome):
    """Shares of characters, not their number, put texts in order; right and unknown ones are left out."""
    assert outcome.worst(9) == [3, 2, 1]
    assert outcome.known == (0, 1, 2, 3)


def test_confusions_are_counted(outcome):
    """What was said, what was heard instead, and how often; nothing stands for what was left out or put in."""
    words = outcome.confusions(words=True)
    assert ("two", "too", 1) in words
    assert ("four", "nothing", 1) in words
    characters = {(true, heard): count for true, heard, count in outcome.confusions(words=False)}
    assert characters["nothing", "h"] == 1
    assert characters["a space", "nothing"] == 1
    assert characters["u", "nothing"] == 2
