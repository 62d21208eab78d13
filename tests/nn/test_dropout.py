"""Dropout with a generator."""

import pytest
import torch

from seqloom.nn.dropout import keep_mask


def test_a_mask_keeps_the_mean(generator):
    """Factors are 0 or 1 / (1 - rate), zeros as often as the rate says."""
    mask = keep_mask((100_000,), 0.2, torch.zeros(1), generator)
    assert sorted(mask.unique().tolist()) == [0.0, 1.25]
    assert mask.mean().item() == pytest.approx(1, abs=0.01)  # standard error 0.0016


def test_the_same_generator_drops_the_same(generator):
    """Randomness comes from the generator that is passed in."""
    first = keep_mask((50,), 0.5, torch.zeros(1), generator.manual_seed(1))
    assert torch.equal(keep_mask((50,), 0.5, torch.zeros(1), generator.manual_seed(1)), first)
