"""Weights as matrices."""

import numpy as np

from seqloom.explain import weight_matrices, weights_figure
from seqloom.explain.weights import _small
from seqloom.nn import GRUCell, MinGRUCell, Recurrent


def test_blocks_are_those_of_the_gates():
    """What reads the input, then what reads the hidden vector, gate by gate."""
    network = Recurrent(GRUCell(), 3, 4)
    found = weight_matrices(network)
    assert [(one.reads, one.gate) for one in found][2:4] == [("input", "candidate"), ("hidden", "reset gate")]
    np.testing.assert_allclose(found[4].values, network.weights(0).recurrent[4:8].detach().numpy())
    assert len(weight_matrices(Recurrent(MinGRUCell(), 3, 4))) == 2


def test_large_matrices_are_averaged():
    """Neighbours together, the mean stays; what is left out is said."""
    large = np.arange(130.0 * 100).reshape(130, 100)
    small = _small(large)
    assert small.shape == (64, 64)
    assert small[0, 0] == large[:2, :1].mean()
    figure = weights_figure(weight_matrices(Recurrent(GRUCell(), 3, 4, 2)))
    assert len(figure.panels) == 8
    assert "8 of 12" in figure.caption
