"""What all cells have in common beside the laws of the layers."""

import pytest
import torch
from jaxtyping import TypeCheckError

from seqloom.nn import ElmanCell, ElmanState, GRUCell, LSTMCell, SLSTMCell, Weights

CELLS = [
    ElmanCell(),
    LSTMCell(),
    LSTMCell(peepholes=True),
    LSTMCell(layer_norm=True),
    GRUCell(),
    GRUCell(reset_after=False),
    SLSTMCell(),
]


def random_weights(cell, generator):
    """Weights of a cell with two features and three hidden ones."""
    return Weights(*(torch.randn(shape, generator=generator) for shape in cell.shapes(2, 3)))


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_kept_factors_act_on_the_recurrent_product_only(cell, generator):
    """With all recurrent features dropped a step equals one without recurrent weights, memory untouched."""
    weights = random_weights(cell, generator)
    zeros = cell.initial_state(torch.zeros(4, 3))
    state = type(zeros)(*(1 + torch.rand(4, 3, generator=generator) for _ in zeros))
    projected = cell.project(weights, torch.randn(4, 2, generator=generator))
    dropped, _ = cell.step(weights, state, projected, torch.zeros(4, 3))
    expected, _ = cell.step(weights._replace(recurrent=torch.zeros_like(weights.recurrent)), state, projected)
    torch.testing.assert_close(dropped, expected, rtol=0, atol=1e-6)  # float32: products with 0 left out


def test_annotated_shapes_are_checked_in_the_tests(generator):
    """A step with more rows than its state has breaks the annotation, so all other tests check shapes too."""
    weights = random_weights(ElmanCell(), generator)
    with pytest.raises(TypeCheckError):
        ElmanCell().step(weights, ElmanState(torch.zeros(2, 3)), torch.zeros(4, 3), torch.zeros(2, 3))
