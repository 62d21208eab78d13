"""Eigenvalues of recurrent weights."""

import numpy as np
import pytest
import torch

from seqloom.explain import spectrum
from seqloom.nn import ElmanCell, GRUCell, MinGRUCell, Recurrent


def test_a_turn_has_eigenvalues_on_its_circle():
    """Weights that turn by a right angle and shrink to nine tenths."""
    network = Recurrent(ElmanCell(), 1, 2)
    with torch.no_grad():
        network.weights(0).recurrent.copy_(torch.tensor([[0.0, -0.9], [0.9, 0.0]]))
    found = spectrum(network)
    np.testing.assert_allclose(sorted(found.eigenvalues[0].imag), [-0.9, 0.9], atol=1e-6)
    assert found.radii[0] == pytest.approx(0.9)
    assert "fade" in found.sentence
    assert found.figure().panels[0].title == "layer 1: 0.90"


def test_gates_have_a_matrix_each_and_the_largest_are_drawn():
    """Two layers of a GRU have six; four are drawn, which is said."""
    found = spectrum(Recurrent(GRUCell(), 1, 4, 2))
    figure = found.figure()
    assert len(found.names) == 6
    assert len(figure.panels) == 4
    assert "4 of 6" in figure.caption
    assert float(figure.panels[0].title.split(": ")[1]) == pytest.approx(found.radii.max(), abs=0.006)


def test_cells_that_do_not_read_their_state_have_none():
    """A minGRU has no recurrent matrix."""
    assert spectrum(Recurrent(MinGRUCell(), 1, 4)).names == ()
