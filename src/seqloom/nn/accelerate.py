"""Recurrent layers inside any torch model, handed to the compiled engine where they stand."""

import warnings
from collections.abc import Mapping
from typing import TypeVar

from torch import nn
from torch.nn.utils import parametrize

from seqloom.nn.drop_in import DropIn, EngineWarning
from seqloom.nn.layers import GRU, LSTM, RNN

M = TypeVar("M", bound=nn.Module)

DROP_INS: Mapping[type[nn.Module], type[DropIn]] = {kind.original: kind for kind in (RNN, LSTM, GRU)}
"""What stands in for each layer of torch."""


def accelerate(module: M) -> M:
    """Let the compiled engine run every `torch.nn.RNN`, `LSTM` and `GRU` inside a module, and the module itself.

    A layer stays the object it is and only changes its class. So everything holds that refers to it, to its
    parameters or its hooks: optimizers, shared weights, lists and dictionaries of modules. A state_dict fits before and
    after. Subclasses of torch's layers, which may compute something else, and scripted ones are left alone.

    Args:
        module: any torch module; changed in place.

    Returns:
        The same module.

    Warns:
        EngineWarning: there are recurrent layers that had to be left alone, or there are none at all.

    Example:
        >>> model = accelerate(nn.Sequential(nn.LSTM(2, 3), nn.Identity()))
        >>> [type(part).__module__ for part in model]
        ['seqloom.nn.layers', 'torch.nn.modules.linear']
    """
    for part in module.modules():
        _exchange(part)
    _announce(module)
    return module


def _exchange(part: nn.Module) -> None:
    """Change the class of a module, if it is one of torch's recurrent layers."""
    kind = DROP_INS.get(parametrize.type_before_parametrizations(part))
    if kind is None:
        return
    own = type(part)
    if parametrize.is_parametrized(part):  # then it has a class of its own, whose properties compute the weights
        names = {name: value for name, value in vars(own).items() if name not in ("__dict__", "__weakref__")}
        part.__class__ = type(own.__name__, (kind,), names)
    else:
        part.__class__ = kind


def _announce(module: nn.Module) -> None:
    """Say which recurrent layers are left to torch, or that there are none."""
    found = [(name or "the module itself", part) for name, part in module.named_modules() if _recurrent(part)]
    left = [name for name, part in found if not isinstance(part, DropIn)]
    if found and not left:
        return
    came = f"subclasses or scripted ones: {', '.join(left)}" if left else "none"
    message = f"accelerate: expected torch.nn.RNN, LSTM or GRU, came {came}; torch runs these as before"
    warnings.warn(message if left else message.partition(";")[0], EngineWarning, stacklevel=3)


def _recurrent(part: nn.Module) -> bool:
    """Whether a module is a recurrent layer, ours or torch's or made from one of torch's."""
    return isinstance(part, nn.RNNBase) or getattr(part, "original_name", "") in ("RNN", "LSTM", "GRU")
