"""Weights drawn from a normal distribution."""

import pytest
import torch

from seqloom.nn.normal import draw_normal


def test_weights_are_those_torch_draws():
    """From the same seed the same numbers."""
    ours, theirs = torch.empty(3, 4), torch.empty(3, 4)
    torch.manual_seed(3)
    draw_normal(ours, 0.5)
    torch.manual_seed(3)
    assert torch.equal(ours, torch.nn.init.normal_(theirs, std=0.5))


def test_many_have_the_deviation_that_was_asked_for():
    """Their mean is zero."""
    weight = torch.empty(100_000)
    draw_normal(weight, 0.2)
    assert weight.std().item() == pytest.approx(0.2, rel=0.02)
    assert weight.mean().item() == pytest.approx(0.0, abs=0.005)


def test_without_memory_torchs_generator_stands_still():
    """Nothing is drawn where there is nothing to fill."""
    before = torch.get_rng_state()
    draw_normal(torch.empty(3, 4, device="meta"))
    assert torch.equal(torch.get_rng_state(), before)
