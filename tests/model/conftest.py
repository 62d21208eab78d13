"""Small batches, made by hand."""

import pytest
import torch

from seqloom.sequence import Batch, Packed


def make_batch(lengths, features=2, *, target=None, future=None, static=0, seed=0):
    """A batch of sequences of these lengths (longest first) with random features."""
    generator = torch.Generator().manual_seed(seed)
    sizes = torch.tensor([sum(length > t for length in lengths) for t in range(max(lengths))])
    rows = int(sizes.sum())
    count = len(lengths)
    return Batch(
        numbers=Packed(torch.randn(rows, features, generator=generator), sizes),
        codes=torch.zeros(rows, 0, dtype=torch.int64),
        static_numbers=torch.randn(count, static, generator=generator),
        static_codes=torch.zeros(count, 0, dtype=torch.int64),
        future_numbers=torch.zeros(count, 0, 0) if future is None else future,
        future_codes=torch.zeros(count, 0, 0, dtype=torch.int64),
        target=torch.zeros(count) if target is None else target,
        order=torch.arange(count),
    )


@pytest.fixture
def batch():
    """The maker of batches."""
    return make_batch
