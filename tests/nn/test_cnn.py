"""The convolutional network beside torch's own."""

import torch
from torch.nn import functional

from seqloom.nn import ConvolutionalReader
from seqloom.nn.cnn import KERNELS
from seqloom.sequence import Packed


def packed(steps):
    """One sequence."""
    return Packed(steps, torch.ones(len(steps), dtype=torch.int64))


def test_it_answers_as_padded_convolutions_of_torch_do():
    """With the statistics that normalisation has learned."""
    torch.manual_seed(0)
    reader, steps = ConvolutionalReader(3, 8), torch.randn(30, 3)
    reader.train()(packed(torch.randn(50, 3)))
    found = reader.eval().sequence(None, packed(steps))[1].values
    rows = steps.T[None]  # [1, F, T]
    for kernel, convolution, norm in zip(KERNELS, reader.convolutions, reader.norms, strict=True):
        padded = functional.pad(rows, (kernel - 1, 0))
        rows = torch.relu(norm(functional.conv1d(padded, convolution.weight, convolution.bias)))
    torch.testing.assert_close(found, rows[0].T, atol=1e-5, rtol=1e-4)


def test_a_single_step_can_be_learned_from():
    """It has no spread of its own: the learned one serves, and is left as it was."""
    torch.manual_seed(0)
    reader = ConvolutionalReader(3, 8).train()
    before = reader.norms[0].running_mean.clone()
    assert torch.isfinite(reader(packed(torch.randn(1, 3)))).all()
    torch.testing.assert_close(reader.norms[0].running_mean, before)
    assert reader.norms[0].training
