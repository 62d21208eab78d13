"""From a batch to hidden rows."""

from dataclasses import replace

import pytest
import torch

from seqloom.model import InputSizes, ModelSettings
from seqloom.model.encoder import Encoder, recurrent
from seqloom.nn import ElmanCell, GRUCell, LSTMCell


def test_features_of_every_kind_stand_side_by_side(batch):
    """Numbers, embedded categories, static numbers and embedded static categories reach each row of their sequence."""
    given = replace(
        batch([3, 2], static=2),
        codes=torch.tensor([[1], [0], [2], [1], [0]]),
        static_codes=torch.tensor([[1], [0]]),
    )
    encoder = Encoder(
        ModelSettings(hidden_size=4),
        InputSizes(numbers=2, code_sizes=(3,), static_numbers=2, static_code_sizes=(2,)),
        numbers=2,
    )
    rows = encoder.inputs(given, given.numbers.values).values
    width = encoder.embedding.output_size
    expected = torch.cat(
        [
            given.numbers.values,
            encoder.embedding(given.codes),
            given.static_numbers[[0, 1, 0, 1, 0]],
            encoder.static_embedding(given.static_codes)[[0, 1, 0, 1, 0]],
        ],
        dim=1,
    )
    torch.testing.assert_close(rows, expected, rtol=0, atol=0)
    assert encoder.input_size == 2 + width + 2 + encoder.static_embedding.output_size


def test_categories_of_all_rows_of_a_segment_are_embedded(batch):
    """A step of two rows with two categories each holds four vectors, row by row."""
    given = replace(batch([2]), codes=torch.tensor([[1, 0, 2, 1], [0, 1, 1, 0]]))
    encoder = Encoder(ModelSettings(hidden_size=4, segment=2), InputSizes(numbers=1, code_sizes=(3, 2)), numbers=2)
    rows = encoder.inputs(given, given.numbers.values).values
    first, second = encoder.embedding(given.codes[:, :2]), encoder.embedding(given.codes[:, 2:])
    torch.testing.assert_close(rows, torch.cat([given.numbers.values, first, second], dim=1), rtol=0, atol=0)


@pytest.mark.parametrize(("cell", "kind"), [("rnn", ElmanCell), ("lstm", LSTMCell), ("gru", GRUCell)])
def test_the_cell_is_the_one_asked_for(cell, kind):
    """Each name stands for one recurrent network."""
    assert isinstance(recurrent(ModelSettings(cell=cell, hidden_size=3), 2).cell, kind)


def test_dropout_stands_between_layers():
    """A stack of two layers has it; the head's own dropout is the model's."""
    assert recurrent(ModelSettings(hidden_size=3, layers=2, dropout=0.4), 2).dropout == 0.4


@pytest.mark.parametrize("told", [{"words": (0, 1)}, {"text": 0}])
def test_a_share_of_words_is_hidden_in_training_alone(batch, told):
    """Half of the codes are 0, the unknown entry, while the network learns, and none when it answers."""
    given = replace(batch([4]), codes=torch.full((4000, 2), 7))
    sizes = InputSizes(numbers=1, code_sizes=(9, 9), **told)
    encoder = Encoder(ModelSettings(hidden_size=4, embedding=3, word_dropout=0.5), sizes, numbers=1)
    assert encoder.eval()._shown(given.codes) is given.codes
    hidden = encoder.train()._shown(given.codes)
    assert set(hidden.unique().tolist()) == {0, 7}
    assert float((hidden == 0).float().mean()) == pytest.approx(0.5, abs=0.05)


def test_categories_that_are_no_words_are_never_hidden(batch):
    """Weekdays and the like are always known."""
    given = replace(batch([4]), codes=torch.full((4, 1), 2))
    encoder = Encoder(ModelSettings(hidden_size=4, word_dropout=0.5), InputSizes(numbers=1, code_sizes=(3,)), numbers=1)
    assert encoder.train()._shown(given.codes) is given.codes


def test_tokens_of_texts_have_vectors_of_their_own_width():
    """The setting is about texts alone."""
    settings = ModelSettings(hidden_size=4, embedding=13)
    text = Encoder(settings, InputSizes(numbers=0, code_sizes=(30, 3), text=0), numbers=0)
    other = Encoder(settings, InputSizes(numbers=0, code_sizes=(30, 3)), numbers=0)
    assert text.embedding.tables[0].embedding_dim == 13
    assert text.embedding.tables[1].embedding_dim == other.embedding.tables[1].embedding_dim
    assert other.embedding.tables[0].embedding_dim != 13
