"""The activations a cell may use, by name."""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor
from torch.nn import functional

from seqloom.errors import SettingsError
from seqloom.kernels import Activation, Elu, Relu, Sigmoid, Tanh

ACTIVATIONS: Mapping[str, Callable[[Tensor], Tensor]] = {
    "tanh": torch.tanh,
    "relu": torch.relu,
    "elu": functional.elu,
    "sigmoid": torch.sigmoid,
}

COMPILED: Mapping[str, Activation] = {"tanh": Tanh(), "relu": Relu(), "elu": Elu(), "sigmoid": Sigmoid()}
"""The same in the compiled engine."""


def check_activation(name: str, cell: str, allowed: tuple[str, ...]) -> None:
    """Refuse an activation the cell does not have.

    Raises:
        SettingsError: `name` is not one of `allowed`.
    """
    if name not in allowed:
        raise SettingsError(
            f"activation of {cell}",
            expected=f"one of {', '.join(allowed)}",
            came=repr(name),
            fix="choose one of them or another cell",
        )
