"""Temporal convolutions beside torch's own."""

import torch
from torch.nn import functional

from seqloom.nn import TemporalConvolutions
from seqloom.nn.tcn import KERNEL, LEVELS
from seqloom.sequence import Packed


def test_it_answers_as_padded_convolutions_of_torch_do():
    """Block by block, zeros before the first step."""
    torch.manual_seed(0)
    reader, steps = TemporalConvolutions(3, 8).eval(), torch.randn(40, 3)
    found = reader.sequence(None, Packed(steps, torch.ones(40, dtype=torch.int64)))[1].values
    rows = reader.enter(steps).T[None]  # [1, H, T]
    for level, block in enumerate(reader.blocks):
        inner = rows
        for convolution in block:
            padded = functional.pad(inner, ((KERNEL - 1) * 2**level, 0))
            inner = torch.relu(functional.conv1d(padded, convolution.weight, convolution.bias, dilation=2**level))
        rows = torch.relu(rows + inner)
    torch.testing.assert_close(found, rows[0].T, atol=1e-5, rtol=1e-4)


def test_it_sees_as_far_back_as_it_says():
    """253 steps with one stack: the step before them changes nothing."""
    torch.manual_seed(0)
    reader = TemporalConvolutions(1, 4).eval()
    seen = 1 + 2 * (KERNEL - 1) * (2**LEVELS - 1)
    assert seen == 253
    steps = torch.randn(seen + 1, 1, requires_grad=True)
    outputs = reader.sequence(None, Packed(steps, torch.ones(seen + 1, dtype=torch.int64)))[1].values
    outputs[-1].sum().backward()
    assert steps.grad[0] == 0
    assert (steps.grad[1:] != 0).any()
