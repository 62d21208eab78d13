"""What blocks of weights are called."""

import pytest

from seqloom.explain.names import gate_names
from seqloom.model import CELLS
from seqloom.model.cells import build_cell


@pytest.mark.parametrize("name", CELLS)
def test_every_cell_has_a_name_for_each_block(name):
    """As many as it computes vectors."""
    cell = build_cell(name, None)
    assert len(set(gate_names(cell))) == cell.gates
