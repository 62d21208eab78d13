"""Torch's own database of module samples, run through the layers by the same names.

The database also holds RNNCell, LSTMCell and GRUCell. Nothing stands in for these: a cell of ours is a function of
weights and state, and `Streams` is what takes single steps.
"""

import copy
import warnings

import pytest
import torch
from torch.testing._internal.common_modules import ModuleErrorEnum, module_db

import seqloom.nn
from seqloom.nn import EngineWarning

ENTRIES = {entry.module_cls.__name__: entry for entry in module_db if entry.name in ("nn.RNN", "nn.LSTM", "nn.GRU")}
TOLERANCE = {  # three steps through two layers of a few units, in another order of sums
    torch.float32: {"rtol": 1e-5, "atol": 1e-5},
    torch.float64: {"rtol": 0, "atol": 1e-13},
}


def samples(name, precision, *, training):
    """What the database holds for a layer, the same at each call."""
    torch.manual_seed(0)
    entry = ENTRIES[name]
    return entry.module_inputs_func(entry, device="cpu", dtype=precision, requires_grad=True, training=training)


def errors(name):
    """Samples that are to fail."""
    entry = ENTRIES[name]
    return entry.module_error_inputs_func(entry, device="cpu", dtype=torch.float32, requires_grad=False, training=False)


def flat(given):
    """The tensors of arguments or results, in order."""
    if isinstance(given, torch.Tensor):
        return [given]
    return [tensor for part in given for tensor in flat(part)]


def results(layer, arguments):
    """Outputs, state, and gradients of everything."""
    arguments = copy.deepcopy(arguments)
    found = flat(layer(*arguments))
    number = sum((part * torch.linspace(1, 2, part.numel()).view_as(part)).sum() for part in found)
    leaves = [*flat(arguments), *layer.parameters()]
    return [*found, *torch.autograd.grad(number, leaves)]


@pytest.mark.parametrize("precision", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("training", [True, False], ids=["training", "evaluation"])
@pytest.mark.parametrize("name", ENTRIES)
def test_every_sample_comes_out_as_in_torch(name, training, precision):
    """Outputs, states and gradients of all samples are torch's with the same weights."""
    held = samples(name, precision, training=training)
    assert len(held) >= 16
    for sample in held:
        arguments, options = sample.constructor_input.args, sample.constructor_input.kwargs
        theirs = ENTRIES[name].module_cls(*arguments, **options).to(precision).train(training)
        ours = getattr(seqloom.nn, name)(*arguments, **options).to(precision).train(training)
        ours.load_state_dict(theirs.state_dict())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", EngineWarning)  # projections, which are torch's in both
            warnings.filterwarnings("ignore", "LSTM with projections is not supported with oneDNN")
            found, expected = (results(layer, sample.forward_input.args) for layer in (ours, theirs))
        torch.testing.assert_close(found, expected, **TOLERANCE[precision])


@pytest.mark.parametrize("name", ENTRIES)
def test_every_error_is_that_of_torch(name):
    """Wrong arguments and inputs raise the type and the words the database expects."""
    held = errors(name)
    assert len(held) >= 14
    for case in held:
        sample = case.module_error_input
        arguments, options = sample.constructor_input.args, sample.constructor_input.kwargs
        build = getattr(seqloom.nn, name)
        if case.error_on is ModuleErrorEnum.CONSTRUCTION_ERROR:
            with pytest.raises(case.error_type, match=case.error_regex):
                build(*arguments, **options)
        else:
            layer = build(*arguments, **options)
            with pytest.raises(case.error_type, match=case.error_regex):
                layer(*sample.forward_input.args, **sample.forward_input.kwargs)
