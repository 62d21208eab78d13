"""Sizes, numbers and lengths at the far ends, against torch."""

import subprocess
import sys
from itertools import product

import pytest
import torch

from seqloom.nn import GRU, LSTM, RNN

KINDS = {"rnn": (RNN, torch.nn.RNN), "lstm": (LSTM, torch.nn.LSTM), "gru": (GRU, torch.nn.GRU)}


def pair(kind, features, hidden, **options):
    """Ours and torch's with the same weights."""
    torch.manual_seed(0)
    ours, theirs = (build(features, hidden, **options) for build in KINDS[kind])
    ours.load_state_dict(theirs.state_dict())
    return ours, theirs


def compare(ours, theirs, x, *, off):
    """Outputs, and gradients of weights and input relative to their largest, differ by `off` at most."""
    found = []
    for layer in (ours, theirs):
        given = x.clone().requires_grad_()
        outputs, _ = layer(given)
        gradients = torch.autograd.grad(outputs.square().sum(), [given, *layer.parameters()])
        found.append([outputs.detach(), *gradients])
    for came, expected in zip(*found, strict=True):
        scale = max(1.0, float(expected.abs().max()))
        torch.testing.assert_close(came / scale, expected / scale, rtol=0, atol=off)


@pytest.mark.parametrize(("kind", "hidden"), [*product(KINDS, (1, 2, 15, 16, 17, 33, 64, 100, 1024))])
def test_any_hidden_size(kind, hidden):
    """Hidden vectors of one number, of a bit more than a whole number of registers, and of many."""
    compare(*pair(kind, 3, hidden), torch.randn(3, 2, 3), off=1e-5)  # float32: sums of up to a thousand numbers


@pytest.mark.parametrize(("kind", "features"), [*product(KINDS, (1, 17, 700))])
def test_any_number_of_features(kind, features):
    """Inputs of one number and of many."""
    compare(*pair(kind, features, 5), torch.randn(3, 2, features), off=1e-5)  # as above


@pytest.mark.parametrize(("kind", "batch"), [*product(KINDS, (1, 7, 1000))])
def test_any_batch(kind, batch):
    """One sequence and a thousand."""
    compare(*pair(kind, 2, 6), torch.randn(4, batch, 2), off=1e-5)  # float32: weights' gradients sum 4,000 rows


@pytest.mark.parametrize("kind", KINDS)
def test_one_step(kind):
    """A sequence of a single step."""
    compare(*pair(kind, 3, 4, bidirectional=True), torch.randn(1, 2, 3), off=1e-6)  # float32


def test_a_hundred_thousand_steps():
    """Outputs and gradients at the end of a very long sequence are torch's."""
    ours, theirs = pair("lstm", 1, 2)
    compare(ours, theirs, torch.randn(100_000, 1, 1), off=1e-4)  # float32: gradients are sums of 100,000 terms


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_that_do_not_lie_in_order(kind):
    """Every other step of a transposed view that starts in the middle of memory."""
    ours, theirs = pair(kind, 3, 4)
    x = torch.randn(4, 3, 24).permute(2, 0, 1)[1::2]
    assert not x.is_contiguous()
    compare(ours, theirs, x, off=1e-5)  # float32, twelve steps


@pytest.mark.parametrize("bad", [torch.nan, torch.inf, -torch.inf], ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_bad_numbers_stay_in_their_sequence(kind, bad):
    """One bad number spoils nothing before it or beside it, and not the gradients of other inputs."""
    layer, _ = pair(kind, 3, 20)
    x = torch.randn(6, 9, 3)
    expected = layer(x)[0].detach()
    x[2, 4] = bad
    x.requires_grad_()
    outputs, _ = layer(x)
    same = outputs.detach() == expected
    others = [place for place in range(9) if place != 4]
    assert same[:, others].all()
    assert same[:2].all()
    assert not same[2:, 4].all()
    (gradient,) = torch.autograd.grad(outputs[:, others].sum(), x)
    assert gradient[:, others].isfinite().all()


MILLION = """
import numpy, torch
from seqloom.nn import GRUCell, LSTMCell, Recurrent, Streams
from seqloom.sequence import Packed

torch.manual_seed(0)
for cell in (LSTMCell(), GRUCell()):
    layers, x = Recurrent(cell, 1, 3), torch.randn(1_000_000, 1)
    with torch.no_grad():
        final, rows = layers.sequence(None, Packed(x, torch.ones(len(x), dtype=torch.int64)))
    streams = Streams(layers, 1)
    found = numpy.concatenate([streams.step(row) for row in x.numpy()[:, None]])
    states = zip(streams.state(), final, strict=True)
    print(numpy.array_equal(found, rows.values.numpy()), all(torch.equal(one, other) for one, other in states))
"""


def test_a_million_steps_of_a_stream_stay_with_the_sequence():
    """After a million readings one by one, states and outputs are those of the sequence; types go unchecked here."""
    done = subprocess.run([sys.executable, "-c", MILLION], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"] * 4
