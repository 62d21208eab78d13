"""Which calls of a drop-in the engine serves, what happens to the others, and what is said about it."""

import copy
import pickle
import subprocess
import sys
import warnings

import pytest
import torch
from torch.autograd import forward_ad
from torch.nn.utils.rnn import PackedSequence, pack_sequence

from seqloom.errors import SettingsError
from seqloom.nn import GRU, LSTM, RNN, EngineWarning

KINDS = {"rnn": (RNN, torch.nn.RNN), "lstm": (LSTM, torch.nn.LSTM), "gru": (GRU, torch.nn.GRU)}
X = torch.randn(5, 2, 3, generator=torch.Generator().manual_seed(0))
EXACT = {"rtol": 0, "atol": 1e-12}  # float64: five steps in another order of sums
DEPRECATED = pytest.mark.filterwarnings("ignore:.*torch.jit.* deprecated:DeprecationWarning")


def pair(kind, *sizes, **options):
    """Ours and torch's with the same weights."""
    ours, theirs = (build(*sizes or (3, 4), **options) for build in KINDS[kind])
    ours.load_state_dict(theirs.state_dict())
    return ours, theirs


def traced(layer, x):
    """By TorchScript's tracer."""
    return torch.jit.trace(layer, x, check_trace=False)(x)


def under_autocast(layer, x):
    """In brain floats wherever torch thinks it wise."""
    with torch.autocast("cpu", torch.bfloat16):
        return layer(x)


def with_tangents(layer, x):
    """Differentiated forward."""
    with forward_ad.dual_level():
        outputs, _ = layer(forward_ad.make_dual(x, torch.ones_like(x)))
        return forward_ad.unpack_dual(outputs).tangent


CALLS = {
    "traced": traced,
    "exported": lambda layer, x: torch.export.export(layer, (x,)).module()(x),
    "autocast": under_autocast,
    "forward derivative": with_tangents,
    "transformed": lambda layer, x: torch.func.grad(lambda x: layer(x)[0].sum())(x),
    "meta": lambda layer, x: copy.deepcopy(layer).to("meta")(x.to("meta"))[0].shape,
}


@DEPRECATED
@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")  # torch's own layers, too, look at shapes
@pytest.mark.filterwarnings("ignore:The tensor attributes self._flat_weights:UserWarning")  # torch.export's, of torch's
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("kind", ["rnn", "gru"])
def test_calls_that_need_operators_go_through_torch(kind, call, ways):
    """The result is torch's, the engine is not asked, and nothing is said about it."""
    ours, theirs = pair(kind)
    precision = torch.float32 if call == "autocast" else torch.float64
    ours, theirs, x = ours.to(precision), theirs.to(precision), X.to(precision)
    found, expected = (CALLS[call](layer, x) for layer in (ours, theirs))
    torch.testing.assert_close(found, expected, rtol=0, atol=0)
    assert ways == []


@DEPRECATED
@pytest.mark.parametrize("kind", KINDS)
def test_a_model_with_a_drop_in_can_be_scripted(kind):
    """TorchScript gets torch's layer around the same weights."""
    ours, theirs = pair(kind)
    scripted = torch.jit.script(torch.nn.Sequential(torch.nn.Identity(), ours))
    torch.testing.assert_close(scripted(X), theirs(X), rtol=0, atol=0)
    assert dict(scripted.named_parameters())["1.weight_hh_l0"].data_ptr() == ours.weight_hh_l0.data_ptr()


COMPILED = """
import torch
from seqloom import nn
from seqloom.nn import compiled

def counted(*given, walk=compiled.walk, **options):
    calls.append(1)
    return walk(*given, **options)

calls, compiled.walk = [], counted
for kind in (nn.RNN, nn.LSTM, nn.GRU):
    x, model = torch.ones(5, 2, 3), torch.nn.Sequential(torch.nn.Linear(3, 3), kind(3, 4))
    found = [torch.compile(model, backend="eager")(x)[0], torch.compile(model[1], backend="eager")(model[0](x))[0]]
    print(all(torch.equal(one, model(x)[0]) for one in found), len(calls))
"""


def test_a_compiled_model_still_runs_on_the_engine():
    """Torch compiles around recurrent layers, and they run as they are; in a process that checks no types."""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", COMPILED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "4", "True", "8", "True", "12"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("precision", [torch.float16, torch.bfloat16])
def test_half_precision_goes_through_torch_and_says_so_once(kind, precision, ways):
    """The first call names the layer and the reason; later ones are silent."""
    ours, theirs = pair(kind, dtype=precision)
    with pytest.warns(EngineWarning, match=rf"\(3, 4\): expected float32 or float64 .* came {precision}; torch's own"):
        found = ours(X.to(precision))
    torch.testing.assert_close(found, theirs(X.to(precision)), rtol=0, atol=0)
    ours(X.to(precision))
    assert ways == []


def test_projections_go_through_torch_and_say_so_once():
    """An LSTM with projections is torch's in all but its name."""
    ours, theirs = pair("lstm", 3, 4, 2, proj_size=2, dtype=torch.float64)
    with pytest.warns(EngineWarning, match="expected proj_size=0 for the compiled engine, came 2"):
        found = ours(X.double())
    torch.testing.assert_close(found, theirs(X.double()), rtol=0, atol=0)
    copy.deepcopy(ours)(X.double())


STATE = torch.zeros(1, 2, 4)
ODD = {
    "one axis": (torch.zeros(3), None),
    "four axes": (torch.zeros(1, 1, 1, 3), None),
    "no steps": (torch.zeros(0, 2, 3), None),
    "other features": (torch.zeros(5, 2, 4), None),
    "other precision": (X.double(), None),
    "whole numbers": (torch.zeros(5, 2, 3, dtype=torch.int64), None),
    "state of another batch": (X, torch.zeros(1, 3, 4)),
    "state of another size": (X, torch.zeros(1, 2, 5)),
    "state of more layers": (X, torch.zeros(2, 2, 4)),
    "state without a batch": (X, torch.zeros(1, 4)),
    "state with a batch": (X[:, 0], STATE),
    "state of another precision": (X, STATE.double()),
    "packed rows that are too few": (PackedSequence(torch.zeros(3, 3), torch.tensor([3, 2])), None),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("kind", KINDS)
def test_what_torch_refuses_is_refused_in_its_words(kind, odd):
    """Wrong shapes and precisions raise the error torch raises, by type and message."""
    ours, theirs = pair(kind)
    x, state = ODD[odd]
    hx = (state, state) if state is not None and kind == "lstm" else state
    with pytest.raises(Exception) as expected:  # noqa: PT011 - whatever torch raises
        theirs(x, hx)
    with pytest.raises(type(expected.value)) as found:
        ours(x, hx)
    assert str(found.value) == str(expected.value)


@pytest.mark.parametrize("kind", KINDS)
def test_packed_rows_of_other_features_are_refused(kind):
    """Also by an LSTM, where torch's own reads on beyond its weights."""
    with pytest.raises(RuntimeError, match=r"input.size\(-1\) must be equal to input_size. Expected 3, got 4"):
        KINDS[kind][0](3, 4)(pack_sequence([torch.zeros(2, 4)]))


@pytest.mark.parametrize("kind", KINDS)
def test_a_state_for_another_cell_is_refused(kind):
    """One tensor for an LSTM, or two for the others, raise what they raise in torch."""
    ours, theirs = pair(kind)
    hx = STATE if kind == "lstm" else (STATE, STATE)
    errors = []
    for layer in (ours, theirs):
        with pytest.raises((RuntimeError, AttributeError, IndexError)) as raised:
            layer(X, hx)
        errors.append(raised)
    assert errors[0].type is errors[1].type


def test_an_empty_batch_gives_what_torch_gives():
    """No sequences have outputs and states of no sequences."""
    ours, theirs = pair("gru")
    torch.testing.assert_close(ours(torch.zeros(5, 0, 3)), theirs(torch.zeros(5, 0, 3)))


def test_a_generator_decides_what_is_dropped(generator):
    """The same generator state gives the same outputs whatever torch's own state is, and that state is left alone."""
    layer = LSTM(3, 4, 2, dropout=0.5)
    first = layer(X, generator=generator.manual_seed(1))[0]
    torch.manual_seed(99)
    before = torch.get_rng_state()
    assert torch.equal(layer(X, generator=generator.manual_seed(1))[0], first)
    assert not torch.equal(layer(X, generator=generator)[0], first)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.filterwarnings("ignore::seqloom.nn.EngineWarning")
def test_a_generator_torch_would_not_heed_is_refused(generator):
    """Where torch's kernels draw the dropout, a generator is an error; where nothing is drawn it does no harm."""
    layer = LSTM(3, 4, 2, dropout=0.5, dtype=torch.bfloat16)
    with pytest.raises(SettingsError, match="generator: expected a call that the compiled engine serves"):
        layer(X.bfloat16(), generator=generator)
    with pytest.raises(RuntimeError, match="must be equal to input_size"):  # what is wrong with the input comes first
        layer(X.bfloat16()[:, :, :2], generator=generator)
    layer.eval()(X.bfloat16(), generator=generator)


@pytest.mark.parametrize("kind", KINDS)
def test_as_many_threads_as_there_are_give_the_same_bits(kind):
    """One seed gives the same outputs and gradients, dropout included, with one thread and with two."""
    layer = KINDS[kind][0](8, 32, 2, dropout=0.3, bidirectional=True)
    x, found = torch.randn(20, 64, 8), []
    before = torch.get_num_threads()
    for threads in (1, 2):
        torch.set_num_threads(threads)
        outputs, _ = layer(x, generator=torch.Generator().manual_seed(5))
        found.append([outputs, *torch.autograd.grad(outputs.square().sum(), list(layer.parameters()))])
    torch.set_num_threads(before)
    assert all(torch.equal(one, two) for one, two in zip(*found, strict=True))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("leaf", ["input", "state"])
def test_gradients_of_input_or_state_alone(kind, leaf):
    """With weights frozen, the gradient of the one thing that wants it is torch's."""
    ours, theirs = (layer.requires_grad_(requires_grad=False) for layer in pair(kind))
    found = []
    for layer in (ours, theirs):
        x, state = X.clone(), STATE.clone()
        wanted = (x if leaf == "input" else state).requires_grad_()
        outputs, _ = layer(x, (state, torch.zeros_like(state)) if kind == "lstm" else state)
        found.append(torch.autograd.grad(outputs.square().sum(), wanted)[0])
    torch.testing.assert_close(*found, rtol=1e-5, atol=1e-6)  # float32, five steps


@pytest.mark.parametrize("kind", KINDS)
def test_gradients_can_be_differentiated(kind):
    """Second derivatives agree with finite differences of first ones."""
    layer, x = KINDS[kind][0](2, 3, 2, bidirectional=True).double(), torch.randn(3, 2, 2, dtype=torch.float64)
    weights = list(layer.parameters())[:2]
    assert torch.autograd.gradgradcheck(
        lambda x, *_: layer(x)[0], [x.requires_grad_(), *weights], fast_mode=True, atol=1e-4
    )


@pytest.mark.parametrize(
    "again",
    [copy.deepcopy, lambda layer: pickle.loads(pickle.dumps(layer))],  # noqa: S301 - our own pickle
    ids=["copy", "pickle"],
)
@pytest.mark.parametrize("kind", KINDS)
def test_copies_give_the_same_and_go_their_own_way(kind, again):
    """A copied or pickled layer has the same weights, and they are its own."""
    layer = KINDS[kind][0](3, 4, bidirectional=True)
    other = again(layer)
    expected = layer(X)[0].detach()
    with torch.no_grad():
        layer.weight_hh_l0_reverse.zero_()
    assert torch.equal(other(X)[0], expected)
    assert not torch.equal(layer(X)[0], expected)


@pytest.mark.parametrize("kind", KINDS)
def test_many_gradients_at_once(kind):
    """A Jacobian made of all its rows at once is torch's, and so is one made row by row."""
    ours, theirs = pair(kind, dtype=torch.float64)

    def rows(layer, **how):
        x = X.double().requires_grad_()
        asked = [x, layer.weight_hh_l0]
        outputs, directions = layer(x)[0].sum(dim=(0, 1)), torch.eye(4, dtype=torch.float64)
        if how:
            return list(torch.autograd.grad(outputs, asked, directions, **how))
        found = [torch.autograd.grad(outputs, asked, direction, retain_graph=True) for direction in directions]
        return [torch.stack(of_one) for of_one in zip(*found, strict=True)]

    torch.testing.assert_close(rows(ours, is_grads_batched=True), rows(theirs, is_grads_batched=True), **EXACT)
    torch.testing.assert_close(rows(ours), rows(theirs), **EXACT)


def test_weights_from_elsewhere_are_used(ways):
    """`functional_call` runs the engine on the weights it is given."""
    ours, theirs = pair("gru")
    given = {name: torch.randn_like(weight) for name, weight in ours.named_parameters()}
    found, expected = (torch.func.functional_call(layer, given, (X,)) for layer in (ours, theirs))
    torch.testing.assert_close(found, expected, rtol=0, atol=1e-6)  # float32, five steps
    assert ways == ["compiled"]


@pytest.mark.parametrize("name", ["weight_ih_l0", "weight_hh_l0", "weight_ih_l1", "bias_hh_l1_reverse"])
def test_weights_of_other_shapes_are_refused_by_torch(name, ways):
    """A weight too small for its layer is never read beyond its end."""
    layer = LSTM(3, 4, 2, bidirectional=True, dtype=torch.float64)
    given = {name: layer.get_parameter(name)[:-1]}
    with pytest.raises(RuntimeError, match=r"size|shape"):
        torch.func.functional_call(layer, given, (X.double(),))
    assert ways == []


def test_without_gradients_nothing_is_recorded():
    """Neither under `no_grad` nor in inference mode have the results a graph."""
    layer = LSTM(3, 4)
    with torch.no_grad():
        assert not layer(X)[0].requires_grad
    with torch.inference_mode():
        assert layer(X)[0].is_inference()


def test_hooks_see_a_call_as_they_would_in_torch():
    """Hooks get the input and the result."""
    layer, seen = GRU(3, 4), []
    layer.register_forward_hook(lambda _, given, result: seen.append((given[0].shape, result[0].shape)))
    layer(X)
    assert seen == [((5, 2, 3), (5, 2, 4))]


def test_served_calls_are_silent():
    """The engine announces nothing when it does its work."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        LSTM(3, 4, batch_first=True)(X)
    assert said == []
