"""The spectral radius of a model's recurrent weights."""

import pytest
import torch
from torch import nn

from seqloom.nn import GRUCell, MinGRUCell, Recurrent
from seqloom.train.radius import recurrent_radius


def test_the_largest_of_all_gates_is_told():
    """Of two layers, the one whose weights were made large."""
    network = Recurrent(GRUCell(), 2, 4, 2)
    with torch.no_grad():
        network.weights(1).recurrent[4:8] = 3 * torch.eye(4)
    assert recurrent_radius(network) == pytest.approx(3)


def test_without_recurrent_weights_there_is_none():
    """A minGRU and a linear layer."""
    assert recurrent_radius(Recurrent(MinGRUCell(), 2, 4)) is None
    assert recurrent_radius(nn.Linear(2, 2)) is None
