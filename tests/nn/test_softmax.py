"""The softmax over many classes, a few rows at a time."""

import pytest
import torch
from torch.nn import functional

from seqloom.nn import log_softmax_chunks, softmax, softmax_loss


@pytest.fixture
def layer():
    """Rows, weights, bias and targets, two of which are not known."""
    generator = torch.Generator().manual_seed(0)
    shapes = (23, 5), (7, 5), (7,)
    leaves = [torch.randn(shape, generator=generator, dtype=torch.float64).requires_grad_() for shape in shapes]
    target = torch.randint(7, (23,), generator=generator)
    target[[3, 22]] = -1
    return leaves, target


@pytest.mark.parametrize("cells", [7, 40, 1 << 20])
def test_loss_and_gradients_are_those_of_all_logits_at_once(layer, monkeypatch, cells):
    """However few rows a chunk has, the numbers are those of torch's own cross-entropy."""
    monkeypatch.setattr(softmax, "CELLS", cells)
    leaves, target = layer
    ours = 3 * softmax_loss(*leaves, target)
    got = torch.autograd.grad(ours, leaves)
    hidden, weight, bias = leaves
    expected = 3 * functional.cross_entropy(hidden @ weight.t() + bias, target, ignore_index=-1)
    torch.testing.assert_close(ours, expected, rtol=1e-12, atol=0)  # double precision, sums of some hundred terms
    for one, other in zip(got, torch.autograd.grad(expected, leaves), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("cells", [7, 1 << 20])
def test_labels_are_smoothed_as_torch_does(layer, monkeypatch, cells):
    """A share of each target is spread over all classes; rows without a target have none to spread."""
    monkeypatch.setattr(softmax, "CELLS", cells)
    leaves, target = layer
    hidden, weight, bias = leaves
    ours = softmax_loss(*leaves, target, label_smoothing=0.1)
    logits = hidden @ weight.t() + bias
    expected = functional.cross_entropy(logits, target, ignore_index=-1, label_smoothing=0.1)
    torch.testing.assert_close(ours, expected, rtol=1e-12, atol=0)  # as above
    got = torch.autograd.grad(ours, leaves)
    for one, other in zip(got, torch.autograd.grad(expected, leaves), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-10, atol=1e-14)


def test_rows_without_a_target_cost_nothing(layer):
    """Where no target is known, loss and gradients are zero."""
    leaves, target = layer
    loss = softmax_loss(*leaves, torch.full_like(target, -1))
    assert float(loss.detach()) == 0
    assert all(not gradient.any() for gradient in torch.autograd.grad(loss, leaves))


def test_chunks_cover_all_rows_in_order(layer, monkeypatch):
    """The chunks laid one after the other are the log-softmax of all rows."""
    monkeypatch.setattr(softmax, "CELLS", 30)
    (hidden, weight, bias), _ = layer
    rows, scores = zip(*log_softmax_chunks(hidden, weight, bias), strict=True)
    assert [each.stop for each in rows[:-1]] == [each.start for each in rows[1:]]
    expected = torch.log_softmax(hidden @ weight.t() + bias, dim=1)
    torch.testing.assert_close(torch.cat(scores), expected, rtol=1e-12, atol=1e-14)  # the same sums
