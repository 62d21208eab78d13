"""What is chosen for texts."""

import numpy as np
import pytest

from seqloom.model import Facts, ModelSettings
from seqloom.model.sequence_defaults import choose_for_classes, choose_for_sequences


def facts(texts, tokens):
    """As many texts, each of as many tokens."""
    return Facts(np.full(texts, tokens), texts=True)


def test_texts_are_read_in_both_directions_with_much_dropout():
    """And summed up by the largest values over all their words."""
    chosen = choose_for_classes(ModelSettings(), facts(2_000, 200)).settings
    assert (chosen.bidirectional, chosen.pooling, chosen.dropout) == (True, "max", 0.5)


def test_few_texts_get_a_smaller_network():
    """Not several of them with convolutions, as few sequences of numbers do."""
    small, usual = (choose_for_classes(ModelSettings(), facts(count, 200)).settings for count in (100, 5_000))
    assert (small.embedding, small.hidden_size) < (usual.embedding, usual.hidden_size)
    assert (small.members, small.convolution, small.mixup) == (None, None, None)


@pytest.mark.parametrize(("texts", "epochs"), [(100, 30), (4_800, 10), (1_000_000, 3)])
def test_many_texts_are_read_fewer_times(texts, epochs):
    """About as many updates, in at least three passes and at most thirty."""
    assert choose_for_sequences(ModelSettings(), facts(texts, 200)).training["epochs"] == epochs


def test_what_was_given_stays_and_the_rest_has_its_reason():
    """No default overrides a choice."""
    chosen = choose_for_classes(ModelSettings(pooling="last", embedding=7), facts(100, 30))
    assert (chosen.settings.pooling, chosen.settings.embedding) == ("last", 7)
    assert set(chosen.reasons) == {"bidirectional", "dropout", "hidden_size"}
    assert chosen.training_reason == "vectors of words learn fast"
