"""Streams that live on."""

import numpy as np
import pytest
import torch

from seqloom.errors import DataError, SettingsError
from seqloom.nn import ElmanCell, GRUCell, LRUCell, LSTMCell, MinGRUCell, MinLSTMCell, Recurrent, SLSTMCell, Streams
from seqloom.sequence import Packed

LAYERS = {
    "lstm": lambda: Recurrent(LSTMCell(), 3, 20, 2),
    "gru": lambda: Recurrent(GRUCell(), 3, 20, 2),
    "rnn": lambda: Recurrent(ElmanCell(), 3, 20, 2),
    "peepholes": lambda: Recurrent(LSTMCell(peepholes=True), 3, 20),
    "layer norm": lambda: Recurrent(LSTMCell(layer_norm=True), 3, 20),
    "reset before": lambda: Recurrent(GRUCell(reset_after=False), 3, 20),
    "mingru": lambda: Recurrent(MinGRUCell(), 3, 20, 2),
    "minlstm": lambda: Recurrent(MinLSTMCell(), 3, 20),
    "slstm": lambda: Recurrent(SLSTMCell(), 3, 20, 2),
    "learned state": lambda: Recurrent(LSTMCell(), 3, 20, learned_state=True),
}


@pytest.fixture(params=LAYERS)
def layers(request):
    """A stack of layers, with whatever it learns drawn at random."""
    torch.manual_seed(3)
    made = LAYERS[request.param]()
    for parameter in made.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    return made


def sequences(layers, steps, batch):
    """Readings [T, B, F], and what the layers make of the whole sequences, [T, B, H]."""
    x = torch.randn(steps, batch, layers.input_size, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        final, rows = layers.sequence(None, Packed(x.flatten(0, 1), torch.full((steps,), batch)))
    return x.numpy(), rows.values.view(steps, batch, -1).numpy(), final


def test_readings_one_by_one_give_the_bits_of_the_sequence(layers):
    """Whichever streams have one at a time, each goes its own way."""
    x, expected, final = sequences(layers, 12, 6)
    streams, at, numbers = Streams(layers, 6), np.zeros(6, dtype=int), np.random.default_rng(0)
    while (at < 12).any():
        waiting = np.flatnonzero(at < 12)
        places = numbers.permutation(waiting)[: numbers.integers(1, len(waiting) + 1)]
        found = streams.step(x[at[places], places], places)
        np.testing.assert_array_equal(found, expected[at[places], places])
        at[places] += 1
    for part, whole in zip(streams.state(), final, strict=True):
        assert torch.equal(part, whole)


def test_what_an_lru_shows_is_the_sequences():
    """Its hidden vectors bit by bit; what it shows of them is a product of torch's, of some rows at a time."""
    torch.manual_seed(3)
    layers = Recurrent(LRUCell(), 3, 20, 2)
    x, expected, final = sequences(layers, 12, 6)
    streams = Streams(layers, 6)
    found = np.stack([streams.step(row) for row in x])
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-5)  # float32: sums of some ten terms of a few units
    assert torch.equal(streams.state().hidden[0], final.hidden[0])


def test_a_hundred_thousand_steps_stay_with_the_sequence():
    """Nothing drifts."""
    torch.manual_seed(0)
    layers = Recurrent(LSTMCell(), 1, 8)
    x, expected, _ = sequences(layers, 100_000, 1)
    streams = Streams(layers, 1)
    found = np.stack([streams.step(row) for row in x])
    np.testing.assert_array_equal(found, expected)


def test_a_state_moves_to_another_place(layers):
    """Taken out and put elsewhere, a stream goes on as if nothing had happened; the copy is one."""
    x, expected, _ = sequences(layers, 4, 1)
    first, second = Streams(layers, 3), Streams(layers, 5)
    for row in x[:2]:
        first.step(row, np.array([1]))
    state = first.state(np.array([1]))
    first.step(x[2], np.array([1]))
    second.put(state, np.array([4]))
    found = [second.step(row, np.array([4])) for row in x[2:]]
    np.testing.assert_array_equal(np.stack(found), expected[2:])


def test_streams_keep_the_weights_they_were_made_with(layers):
    """Training goes on elsewhere without a word to them."""
    x, expected, _ = sequences(layers, 1, 2)
    streams = Streams(layers, 2)
    with torch.no_grad():
        for parameter in layers.parameters():
            parameter.add_(1)
    np.testing.assert_array_equal(streams.step(x[0]), expected[0])


@pytest.mark.parametrize(
    ("readings", "places", "message"),
    [
        (np.zeros((2, 3)), [0], r"readings of a step: expected the shape \[1, 3\], came \[2, 3\]"),
        (np.zeros((1, 4)), [0], r"expected the shape \[1, 3\], came \[1, 4\]"),
        (np.zeros((1, 3)), [5], "places, row 0: expected places from 0 to 4, each once, came 5; give one reading"),
        (np.zeros((2, 3)), [2, 2], "places, row 1: expected places from 0 to 4, each once, came 2 again"),
        (np.zeros((1, 3)), [0.0], "places: expected int64 of one dimension, came float64 of 1 dimensions"),
    ],
)
def test_a_wrong_step_changes_nothing(layers, readings, places, message):
    """The error says what came and where; every state is as before."""
    streams = Streams(layers, 5)
    before = streams.state()
    with pytest.raises(DataError, match=message):
        streams.step(readings, np.array(places))
    for part, old in zip(streams.state(), before, strict=True):
        assert torch.equal(part, old)


def test_a_state_of_another_shape_is_refused(layers):
    """One state for each place."""
    streams = Streams(layers, 5)
    with pytest.raises(DataError, match="state of streams: expected the shape"):
        streams.put(streams.state(), np.array([1]))


@pytest.mark.parametrize(
    ("made", "count", "message"),
    [
        (lambda: Recurrent(LSTMCell(), 3, 4), 0, "count: expected a number of at least 1, came 0"),
        (
            lambda: Recurrent(LSTMCell(), 3, 4, bidirectional=True),
            1,
            "expected layers that read forward only, came bidirectional",
        ),
        (lambda: Recurrent(LSTMCell(), 3, 4).half(), 1, "came LSTMCell with torch.float16 on cpu"),
    ],
)
def test_layers_that_cannot_be_stepped_are_refused(made, count, message):
    """With what to do instead."""
    with pytest.raises(SettingsError, match=message):
        Streams(made(), count)


def test_double_precision_is_stepped_in_double_precision():
    """As the layers are."""
    layers = Recurrent(GRUCell(), 3, 4).double()
    assert Streams(layers, 2).step(np.zeros((2, 3))).dtype == np.float64
