"""What a language model chooses."""

import numpy as np
import pytest

from seqloom.model import Facts, ModelSettings
from seqloom.model.language_defaults import choose_for_language


@pytest.mark.parametrize(("tokens", "width"), [(5_000, 64), (100_000, 128), (1_000_000, 256), (5_000_000, 512)])
def test_the_width_follows_the_text(tokens, width):
    """A longer text has more to teach."""
    chosen = choose_for_language(ModelSettings(), Facts(np.array([tokens // 2, tokens // 2]), vocabulary=60))
    assert chosen.settings.hidden_size == width
    assert chosen.training == {"truncate": 128}


def test_many_different_tokens_are_tied():
    """Words share their vectors for reading and writing; the few characters do not."""
    words = choose_for_language(ModelSettings(), Facts(np.array([1_000_000]), vocabulary=10_000)).settings
    characters = choose_for_language(ModelSettings(), Facts(np.array([1_000_000]), vocabulary=60)).settings
    assert (words.tied, words.embedding) == (True, 256)
    assert (characters.tied, characters.embedding) == (False, 64)


def test_what_was_chosen_by_the_user_stays():
    """Only what is left open is filled in, and only that has a reason."""
    given = ModelSettings(hidden_size=20, tied=True, embedding=10, dropout=0.0, bidirectional=False)
    chosen = choose_for_language(given, Facts(np.array([1_000]), vocabulary=60))
    assert chosen.settings == given
    assert not chosen.reasons
