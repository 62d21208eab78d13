"""What tagging chooses."""

import numpy as np

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
