"""A net that is blind to order."""

import torch

from seqloom.nn import DeepSets
from seqloom.nn.deep_sets import means_so_far
from seqloom.sequence import Packed


def test_the_last_output_is_the_same_in_any_order():
    """To rounding: a mean is added up in the order of the steps."""
    torch.manual_seed(0)
    reader, steps = DeepSets(3, 8), torch.randn(20, 3)
    one = torch.ones(20, dtype=torch.int64)
    first = reader.sequence(None, Packed(steps, one))[1].values[-1]
    second = reader.sequence(None, Packed(steps.flip(0), one))[1].values[-1]
    torch.testing.assert_close(first, second, atol=1e-6, rtol=1e-5)


def test_means_are_those_of_a_loop():
    """For sequences of different lengths, large values beside small ones."""
    values = torch.randn(6, 2, generator=torch.Generator().manual_seed(0)) * torch.tensor([1e4, 1.0])
    rows = Packed(values, torch.tensor([3, 2, 1]))
    found = means_so_far(rows)
    for sequence in range(3):
        own = values[rows.sequence_rows == sequence]
        expected = torch.stack([own[: stop + 1].mean(dim=0) for stop in range(len(own))])
        torch.testing.assert_close(found[rows.sequence_rows == sequence], expected)
