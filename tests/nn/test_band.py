"""Bands of products."""

import pytest
import torch

from seqloom.nn import band


@pytest.mark.parametrize("count", [1, 2, 7, 12])
@pytest.mark.parametrize(("stride", "width"), [(1, 1), (1, 5), (2, 5), (5, 5), (9, 4), (3, 7)])
def test_a_band_is_that_of_the_plain_product(count, stride, width):
    """Values and both gradients, for bands that overlap, touch and lie apart, of one row and of many."""
    torch.manual_seed(0)
    first, columns = 2, 2 + (count - 1) * stride + width + 3
    rows = torch.randn(count, 3, 2, 4, dtype=torch.float64, requires_grad=True)
    other = torch.randn(columns, 3, 4, dtype=torch.float64, requires_grad=True)
    windows = torch.stack([other[first + t * stride : first + t * stride + width] for t in range(count)])
    plain = torch.einsum("tbce,tpbe->tbcp", rows, windows)
    weights = torch.randn_like(plain)
    expected = torch.autograd.grad((plain * weights).sum(), (rows, other))
    found = band(rows, other, first, stride, width)
    torch.testing.assert_close(found, plain)
    for own, one in zip(torch.autograd.grad((found * weights).sum(), (rows, other)), expected, strict=True):
        torch.testing.assert_close(own, one)
