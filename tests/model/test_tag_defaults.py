"""What tagging chooses."""

import numpy as np
import pytest

from seqloom.errors import SettingsError
from seqloom.model import Facts, ModelSettings
from seqloom.model.tag_defaults import WORDS, choose_for_tags


def test_words_are_read_with_wider_vectors_and_much_hidden():
    """Other steps have neither; every choice has its reason."""
    words = choose_for_tags(ModelSettings(), Facts(np.array([600]), words=True))
    numbers = choose_for_tags(ModelSettings(), Facts(np.array([600])))
    assert {name: getattr(words.settings, name) for name in WORDS} == WORDS
    assert all(getattr(numbers.settings, name) is None for name in WORDS)
    assert words.reasons.keys() == {"bidirectional", "hidden_size", *WORDS}


def test_what_was_given_stays():
    """No choice is made over the user's head."""
    chosen = choose_for_tags(ModelSettings(dropout=0.1, bidirectional=False), Facts(np.array([9]), words=True))
    assert (chosen.settings.dropout, chosen.settings.bidirectional) == (0.1, False)
    assert "dropout" not in chosen.reasons


def test_a_rare_class_of_two_has_a_threshold_by_f1():
    """Unless a miss has a cost, which chooses it, the user did, or sequences of classes are scored."""
    rare = Facts(np.array([600]), rarer=0.1)
    chosen = choose_for_tags(ModelSettings(), rare)
    assert (chosen.settings.threshold, chosen.reasons["threshold"]) == (
        "f1",
        "one of two classes is rare: 10.0 % of the steps",
    )
    assert choose_for_tags(ModelSettings(), Facts(np.array([600]), rarer=0.2)).settings.threshold is None
    assert choose_for_tags(ModelSettings(miss_cost=9), rare).settings.threshold is None
    assert choose_for_tags(ModelSettings(threshold="half"), rare).settings.threshold == "half"
    assert choose_for_tags(ModelSettings(crf=True), rare).settings.threshold is None


def test_a_failure_is_told_before_it_comes():
    """From the steps so far, not backwards from the end."""
    ends = Facts(np.array([600]), ending=True)
    assert choose_for_tags(ModelSettings(), ends).settings.bidirectional is False
    with pytest.raises(SettingsError, match="crf: expected answers from the steps so far"):
        choose_for_tags(ModelSettings(crf=True), ends)
