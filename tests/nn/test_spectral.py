"""The spectral radius without eigenvalues."""

import numpy as np
import torch

from seqloom.nn import spectral_radius


def test_it_is_that_of_the_eigenvalues():
    """To a hundredth, of random matrices of several sizes, several at once."""
    generator = torch.Generator().manual_seed(0)
    for size in (2, 5, 40):
        matrices = torch.randn(6, size, size, generator=generator)
        expected = np.abs(np.linalg.eigvals(matrices.numpy().astype(np.float64))).max(axis=1)
        np.testing.assert_allclose(spectral_radius(matrices).numpy(), expected, rtol=0.02)


def test_what_ends_at_nothing_has_none():
    """A matrix whose square is zero, and zero itself."""
    assert spectral_radius(torch.tensor([[0.0, 1.0], [0.0, 0.0]])) == 0
    assert spectral_radius(torch.zeros(3, 3)) == 0
