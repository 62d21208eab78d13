"""Products of each step with the steps that follow it."""

import pytest
import torch

from seqloom.model.band import band


def windows_of_keys(queries, keys, first, apart, width):
    """The same products one query at a time."""
    rows = [
        torch.einsum("pbe,bce->bpc", keys[first + t * apart : first + t * apart + width], queries[t])
        for t in range(len(queries))
    ]
    return torch.stack(rows)


@pytest.mark.parametrize(
    ("count", "first", "apart", "width"),
    [(1, 4, 1, 3), (7, 0, 1, 3), (8, 2, 1, 4), (5, 1, 3, 2), (6, 5, 2, 7), (3, 0, 1, 20), (4, 3, 5, 5)],
)
def test_each_query_meets_the_keys_from_its_place_on(count, first, apart, width):
    """Values and gradients are those of products taken one query at a time."""
    generator = torch.Generator().manual_seed(0)
    length = first + (count - 1) * apart + width
    queries = torch.randn(count, 2, 3, 4, generator=generator, dtype=torch.float64, requires_grad=True)
    keys = torch.randn(length, 2, 4, generator=generator, dtype=torch.float64, requires_grad=True)
    found, expected = (
        take(queries, keys)
        for take in (
            lambda q, k: band(q, k, first=first, apart=apart, width=width),
            lambda q, k: windows_of_keys(q, k, first, apart, width),
        )
    )
    weights = torch.randn(expected.shape, generator=generator, dtype=torch.float64)
    gradients = [torch.autograd.grad((answer * weights).sum(), (queries, keys)) for answer in (found, expected)]
    # float64 sums of a few products in another order
    torch.testing.assert_close(found, expected, rtol=1e-12, atol=1e-12)
    torch.testing.assert_close(gradients[0], gradients[1], rtol=1e-12, atol=1e-12)
