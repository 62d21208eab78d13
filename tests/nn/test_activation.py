"""The activations by name."""

import pytest
import torch

from seqloom.nn.activation import ACTIVATIONS


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tanh", [-0.7615941559557649, 0.0, 0.7615941559557649]),
        ("relu", [0.0, 0.0, 1.0]),
        ("elu", [-0.6321205588285577, 0.0, 1.0]),  # e^-1 - 1
        ("sigmoid", [0.2689414213699951, 0.5, 0.7310585786300049]),
    ],
)
def test_each_name_is_its_function(name, expected):
    """Every activation gives its textbook values at -1, 0 and 1."""
    x = torch.tensor([-1.0, 0.0, 1.0], dtype=torch.float64)
    assert ACTIVATIONS[name](x).tolist() == pytest.approx(expected, abs=1e-15)  # float64 rounding
