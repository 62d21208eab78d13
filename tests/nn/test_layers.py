"""The layers by torch's names give what torch's give: all arguments, all layouts, there and back."""

from itertools import product

import pytest
import torch
from hypothesis import given, strategies
from torch.nn.utils.rnn import PackedSequence, pack_sequence, unpack_sequence

from seqloom.nn import GRU, LSTM, RNN

KINDS = {
    "rnn-tanh": (RNN, torch.nn.RNN, {}),
    "rnn-relu": (RNN, torch.nn.RNN, {"nonlinearity": "relu"}),
    "lstm": (LSTM, torch.nn.LSTM, {}),
    "gru": (GRU, torch.nn.GRU, {}),
}
FEATURES, HIDDEN = 3, 5
LENGTHS = {"packed": (6, 4, 4, 1), "packed, unsorted": (4, 1, 6, 4)}
SHAPES = {"steps first": (6, 4), "batch first": (4, 6), "single": (6,), "single, batch first": (6,)}
OPTIONS = {
    "plain": {},
    "deep": {"num_layers": 2, "bidirectional": True},
    "deep, without biases": {"num_layers": 2, "bidirectional": True, "bias": False},
}
TOLERANCE = {  # sums of the same numbers in another order, through six steps and two layers
    torch.float32: {"rtol": 1e-4, "atol": 2e-5},
    torch.float64: {"rtol": 0, "atol": 1e-12},
}


def pair(kind, **options):
    """Ours and torch's with the same weights."""
    ours, theirs, own = KINDS[kind]
    torch.manual_seed(3)
    reference = theirs(FEATURES, HIDDEN, **own, **options)
    made = ours(FEATURES, HIDDEN, **own, **options)
    made.load_state_dict(reference.state_dict())
    return made, reference


def drawn(layout, precision, generator):
    """Leaves that hold sequences, and the input made of them."""
    if layout in LENGTHS:
        leaves = [torch.randn(n, FEATURES, dtype=precision, generator=generator) for n in LENGTHS[layout]]
        return leaves, lambda leaves: pack_sequence(leaves, enforce_sorted=layout == "packed")
    leaves = [torch.randn(*SHAPES[layout], FEATURES, dtype=precision, generator=generator)]
    return leaves, lambda leaves: leaves[0]


def results(layer, build, leaves, state):
    """Outputs, final state, and the gradients of one number made of them: of input, state and weights."""
    leaves, state = ([tensor.clone().requires_grad_() for tensor in tensors] for tensors in (leaves, state))
    hx = None if not state else tuple(state) if isinstance(layer, torch.nn.LSTM) else state[0]
    outputs, final = layer(build(leaves), hx)
    parts = [*(final if isinstance(final, tuple) else (final,))]
    values = outputs.data if isinstance(outputs, PackedSequence) else outputs
    number = sum((part * torch.linspace(-1, 2, part.numel()).view_as(part)).sum() for part in [values, *parts])
    return [values, *parts, *torch.autograd.grad(number, [*leaves, *state, *layer.parameters()])]


@pytest.mark.parametrize("started", [False, True], ids=["from zeros", "from a state"])
@pytest.mark.parametrize("layout", [*SHAPES, *LENGTHS])
@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("precision", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_values_and_gradients_are_those_of_torch(kind, precision, options, layout, started, generator, ways):
    """Outputs, final states and all gradients are those of torch's layer with the same weights, by the engine."""
    options = OPTIONS[options]
    ours, theirs = pair(kind, batch_first=layout.endswith("batch first"), dtype=precision, **options)
    leaves, build = drawn(layout, precision, generator)
    depth = 4 if options else 1
    shape = (depth, HIDDEN) if layout.startswith("single") else (depth, 4, HIDDEN)
    count = (2 if kind == "lstm" else 1) if started else 0
    state = [torch.randn(shape, dtype=precision, generator=generator) for _ in range(count)]
    found, expected = (results(layer, build, leaves, state) for layer in (ours, theirs))
    torch.testing.assert_close(found, expected, **TOLERANCE[precision])
    assert ways == ["compiled"] * depth


@given(
    kind=strategies.sampled_from(list(KINDS)),
    lengths=strategies.lists(strategies.integers(1, 9), min_size=1, max_size=30),
    both=strategies.booleans(),
)
def test_any_lengths_in_any_order(kind, lengths, both):
    """Packed in whatever order, each sequence has the outputs and the state it has in torch."""
    ours, theirs = pair(kind, bidirectional=both, dtype=torch.float64)
    sequences = [torch.randn(length, FEATURES, dtype=torch.float64) for length in lengths]
    (came, state), (expected, other) = (
        layer(pack_sequence(sequences, enforce_sorted=False)) for layer in (ours, theirs)
    )
    torch.testing.assert_close(unpack_sequence(came), unpack_sequence(expected), **TOLERANCE[torch.float64])
    torch.testing.assert_close(state, other, **TOLERANCE[torch.float64])


@pytest.mark.parametrize("layout", [*SHAPES, *LENGTHS])
@pytest.mark.parametrize("kind", KINDS)
def test_results_are_laid_out_as_those_of_torch(kind, layout, generator):
    """Outputs and states are of the types of torch's; packed ones carry the same sizes and orders."""
    ours, theirs = pair(kind, batch_first=layout.endswith("batch first"))
    leaves, build = drawn(layout, torch.float32, generator)
    (came, state), (expected, their_state) = ours(build(leaves)), theirs(build(leaves))
    assert type(came) is type(expected)
    assert type(state) is type(their_state)
    if isinstance(came, PackedSequence):
        for mine, other in zip(came[1:], expected[1:], strict=True):
            assert (mine is None and other is None) or torch.equal(mine, other)


@pytest.mark.parametrize("layout", ["steps first", "batch first", "packed, unsorted"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_drops_what_torch_drops(kind, layout, generator):
    """In training, the masks between layers are those torch draws from the same seed."""
    ours, theirs = pair(kind, num_layers=3, dropout=0.4, bidirectional=True, batch_first=layout == "batch first")
    leaves, build = drawn(layout, torch.float32, generator)
    found = []
    for layer in (ours, theirs):
        torch.manual_seed(1)
        found.append(results(layer, build, leaves, []))
    torch.testing.assert_close(*found, **TOLERANCE[torch.float32])


@pytest.mark.parametrize("rate", [0.4, 1.0])
def test_dropout_rests_outside_training(rate, generator):
    """In evaluation nothing is dropped; in training at a rate of 1 nothing is left, as in torch."""
    ours, theirs = pair("gru", num_layers=2, dropout=rate)
    x = torch.randn(6, 4, FEATURES, generator=generator)
    torch.testing.assert_close(ours.eval()(x), theirs.eval()(x), **TOLERANCE[torch.float32])
    if rate == 1:
        torch.testing.assert_close(ours.train()(x), theirs.train()(x), **TOLERANCE[torch.float32])


@pytest.mark.parametrize("kind", KINDS)
def test_a_checkpoint_moves_either_way(kind, tmp_path):
    """A saved state_dict of torch's layer loads into ours and the other way round, by name, shape and value."""
    ours, theirs = pair(kind, num_layers=2, bidirectional=True)
    for source, target in ((ours, theirs), (theirs, ours)):
        torch.nn.init.normal_(source.weight_hh_l1)
        torch.save(source.state_dict(), tmp_path / "weights.pt")
        target.load_state_dict(torch.load(tmp_path / "weights.pt"), strict=True)
        assert list(source.state_dict()) == list(target.state_dict())
        assert torch.equal(source.weight_hh_l1, target.weight_hh_l1)


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_draws_the_weights_torch_draws(kind):
    """A new layer starts with the weights torch's would have."""
    ours, theirs, options = KINDS[kind]
    drawn = []
    for build in (ours, theirs):
        torch.manual_seed(2)
        drawn.append(build(FEATURES, HIDDEN, 2, **options).state_dict())
    assert all(torch.equal(drawn[0][name], weight) for name, weight in drawn[1].items())


@pytest.mark.parametrize(("kind", "both"), [*product(KINDS, (False, True))])
def test_it_is_one_of_torch_and_looks_like_it(kind, both):
    """Code that asks for torch's class finds it, and a printed model reads the same."""
    ours, theirs = pair(kind, num_layers=2, bidirectional=both, bias=False, batch_first=True, dropout=0.1)
    assert isinstance(ours, type(theirs))
    assert repr(ours) == repr(theirs)
