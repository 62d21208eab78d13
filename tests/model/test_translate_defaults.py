import numpy as np
import pytest

from seqloom.model.model import Facts
from seqloom.model.settings import ModelSettings
from seqloom.model.translate_defaults import choose_for_translation


@pytest.mark.parametrize(("sentences", "width"), [(500, 64), (5_000, 128), (29_000, 256)])
def test_more_sentences_give_a_wider_network(sentences, width):
    """Vectors of tokens are as wide as the hidden state."""
    chosen = choose_for_translation(ModelSettings(), Facts(np.full(sentences, 12)))
    assert (chosen.settings.hidden_size, chosen.settings.embedding) == (width, width)


def test_what_was_given_stays():
    """And has no reason."""
    given = ModelSettings(hidden_size=20, dropout=0.0, label_smoothing=0.0, bidirectional=False, embedding=7)
    chosen = choose_for_translation(given, Facts(np.full(500, 12)))
    assert chosen.settings == given
    assert chosen.reasons == {}


def test_vectors_follow_a_given_width():
    """A hidden size alone settles both."""
    assert choose_for_translation(ModelSettings(hidden_size=20), Facts(np.full(9, 5))).settings.embedding == 20


def test_the_learning_rate_does_not_fall_with_the_vectors():
    """It is chosen here, with the reason for it."""
    chosen = choose_for_translation(ModelSettings(), Facts(np.full(9, 5)))
    assert (chosen.training["learning_rate"], chosen.training_reason) == (0.002, "most weights are vectors of tokens")
