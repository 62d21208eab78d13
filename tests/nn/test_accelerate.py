"""Recurrent layers of any torch model, handed to the engine where they stand."""

import copy

import pytest
import torch
from torch import nn
from torch.nn.utils import parametrizations, parametrize

import seqloom.nn
from seqloom.nn import EngineWarning, accelerate

X = torch.randn(5, 2, 3, generator=torch.Generator().manual_seed(0))
KINDS = {"RNN": nn.RNN, "LSTM": nn.LSTM, "GRU": nn.GRU}
CLOSE = {"rtol": 0, "atol": 1e-6}  # float32: five steps of states below one


class Tagger(nn.Module):
    """A model with recurrent layers wherever a model may have them, one of them in two places."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.LSTM(3, 4, bidirectional=True)
        self.many = nn.ModuleList([nn.GRU(8, 8), nn.Sequential(nn.RNN(8, 8, nonlinearity="relu"))])
        self.named = nn.ModuleDict({"last": nn.LSTM(8, 3)})
        self.again = self.many[0]

    def forward(self, x):
        """Through all of them."""
        x, _ = self.first(x)
        x, _ = self.many[0](x)
        x, _ = self.many[1](x)
        x, _ = self.again(x)
        return self.named["last"](x)[0]


def layers(model):
    """The recurrent layers of a model by name."""
    return {name: part for name, part in model.named_modules() if isinstance(part, nn.RNNBase)}


def test_every_layer_is_run_by_the_engine(ways):
    """Outputs and gradients stay, and all layers go through the engine."""
    model = Tagger()
    expected = model(X)
    gradients = torch.autograd.grad(expected.square().sum(), list(model.parameters()))
    assert accelerate(model) is model
    found = model(X)
    torch.testing.assert_close(found, expected, **CLOSE)
    torch.testing.assert_close(torch.autograd.grad(found.square().sum(), list(model.parameters())), gradients, **CLOSE)
    assert ways == ["compiled"] * 6


def test_layers_and_parameters_stay_the_objects_they_are():
    """Names, order and identity of modules and parameters are as before; one in two places is still one."""
    model = Tagger()
    modules, parameters, state = dict(model.named_modules()), dict(model.named_parameters()), list(model.state_dict())
    accelerate(model)
    assert all(part is modules[name] for name, part in model.named_modules())
    assert all(weight is parameters[name] for name, weight in model.named_parameters())
    assert list(model.state_dict()) == state
    assert model.again is model.many[0]


@pytest.mark.parametrize("name", KINDS)
def test_a_layer_by_itself_is_returned(name, ways):
    """The module itself may be the layer."""
    layer = KINDS[name](3, 4)
    assert accelerate(layer) is layer
    assert type(layer) is getattr(seqloom.nn, name)
    layer(X)
    assert ways == ["compiled"]


def test_an_optimizer_made_before_goes_on():
    """What an optimizer holds is what the model trains with: two halves of a training equal one in torch."""
    torch.manual_seed(0)
    ours = Tagger()
    theirs = copy.deepcopy(ours)
    for model in (ours, theirs):
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        for step in range(6):
            if step == 3 and model is ours:
                accelerate(model)
            optimizer.zero_grad()
            model(X).square().sum().backward()
            optimizer.step()
    torch.testing.assert_close(
        ours.state_dict(), theirs.state_dict(), rtol=0, atol=1e-4
    )  # Adam divides by small numbers


def test_what_was_set_on_a_layer_stays():
    """Mode, precision, frozen weights, tied weights, buffers and hooks are as they were."""
    model, calls = nn.Sequential(nn.GRU(3, 3), nn.GRU(3, 3)).double().eval(), []
    model[1].weight_hh_l0 = model[0].weight_hh_l0
    model[0].bias_hh_l0.requires_grad_(requires_grad=False)
    model[0].register_buffer("mean", torch.ones(3))
    model[0].register_forward_pre_hook(lambda *_: calls.append("before"))
    model[0].register_forward_hook(lambda *_: calls.append("after"))
    layer = accelerate(model)[0]
    layer(X.double())
    assert not layer.training
    assert layer.weight_ih_l0.dtype == torch.float64
    assert not layer.bias_hh_l0.requires_grad
    assert layer.weight_hh_l0 is model[1].weight_hh_l0
    assert "mean" in dict(layer.named_buffers())
    assert calls == ["before", "after"]


def test_parametrized_weights_stay_parametrized(ways):
    """A weight that is computed is computed still, in this model only, and can be made an ordinary one again."""
    model = nn.Sequential(parametrizations.weight_norm(nn.LSTM(3, 4), "weight_hh_l0"))
    other = copy.deepcopy(model)
    expected = model[0](X)[0]
    accelerate(model)
    torch.testing.assert_close(model[0](X)[0], expected, **CLOSE)
    assert ways == ["compiled"]
    assert parametrize.is_parametrized(model[0], "weight_hh_l0")
    assert not isinstance(other[0], seqloom.nn.LSTM)
    parametrize.remove_parametrizations(model[0], "weight_hh_l0")
    assert type(model[0]) is seqloom.nn.LSTM
    torch.testing.assert_close(model[0](X)[0], expected, **CLOSE)


class Doubled(nn.LSTM):
    """A layer that computes something else."""

    def forward(self, x):
        """Twice the outputs."""
        outputs, state = super().forward(x)
        return 2 * outputs, state


def test_subclasses_are_left_alone_by_name():
    """What somebody made of torch's layer stays, and is told apart from those that were exchanged."""
    model = nn.ModuleDict({"odd": Doubled(3, 4), "usual": nn.LSTM(3, 4)})
    with pytest.warns(EngineWarning, match="came subclasses or scripted ones: odd; torch runs these as before"):
        accelerate(model)
    assert type(model["odd"]) is Doubled
    assert type(model["usual"]) is seqloom.nn.LSTM


@pytest.mark.filterwarnings("ignore:.*torch.jit.* deprecated:DeprecationWarning")
def test_scripted_layers_are_left_alone():
    """A model TorchScript has compiled stays as it is."""
    model = torch.jit.script(nn.Sequential(nn.Identity(), nn.GRU(3, 4)))
    expected = model(X)
    with pytest.warns(EngineWarning, match="scripted ones: 1;"):
        accelerate(model)
    torch.testing.assert_close(model(X), expected, rtol=0, atol=0)


@pytest.mark.parametrize("model", [nn.Linear(2, 2), nn.LSTMCell(2, 2)], ids=["linear", "cell"])
def test_a_model_without_recurrent_layers_is_noticed(model):
    """Nothing to accelerate is most likely a mistake, and is said."""
    with pytest.warns(EngineWarning, match="expected torch.nn.RNN, LSTM or GRU, came none$"):
        accelerate(model)


def test_twice_is_once():
    """A model that is accelerated already stays as it is, without a word."""
    model = accelerate(Tagger())
    kinds = {name: type(part) for name, part in layers(model).items()}
    accelerate(model)
    assert {name: type(part) for name, part in layers(model).items()} == kinds


def test_a_copy_made_before_stays_in_torch():
    """Only the model that was given changes."""
    model = Tagger()
    other = copy.deepcopy(model)
    accelerate(model)
    assert {type(part) for part in layers(other).values()} == {nn.LSTM, nn.GRU, nn.RNN}


def test_layers_of_a_traced_graph_are_exchanged(ways):
    """A graph of `torch.fx` calls its layers, which may be anyone's."""
    graph = torch.fx.symbolic_trace(nn.Sequential(nn.Linear(3, 3), nn.LSTM(3, 4)))
    expected = graph(X)
    torch.testing.assert_close(accelerate(graph)(X), expected, **CLOSE)
    assert ways == ["compiled"]
