"""Recurrences step by step give the numbers of the engine."""

import pytest
import torch

from seqloom.explain import trace
from seqloom.model import CELLS
from seqloom.model.cells import build_cell
from seqloom.nn import Recurrent, initialise
from seqloom.sequence import Packed

SIZES = torch.tensor([4, 4, 3, 2, 2, 1])


@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_outputs_and_states_are_those_of_the_engine(cell, bidirectional):
    """Every cell, two layers, one or both directions, sequences of different length."""
    torch.manual_seed(0)
    network = Recurrent(build_cell(cell, None), 3, 5, 2, bidirectional=bidirectional)
    initialise(network)
    rows = Packed(torch.randn(int(SIZES.sum()), 3), SIZES)
    state, outputs = network.sequence(None, rows)
    final, shown, traces = trace(network, None, rows)
    torch.testing.assert_close(shown.values, outputs.values, atol=1e-5, rtol=1e-4)
    for own, other in zip(state, final, strict=True):
        torch.testing.assert_close(other, own, atol=1e-5, rtol=1e-4)
    assert [one.name for one in traces][:2] == (
        ["layer 1", "layer 1, backwards"] if bidirectional else ["layer 1", "layer 2"]
    )
