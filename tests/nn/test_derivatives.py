"""Gradients by plain torch, where those of compiled code do not do."""

import pytest
import torch

from seqloom.nn.derivatives import gradients_in_torch, wanted_in_torch


class Cube:
    """A layer that knows its own cube in plain torch only."""

    def run_in_torch(self, x, factor):
        """The cube, times a factor."""
        return (factor * x**3,)


class Function(torch.autograd.Function):
    """A cube whose gradient would be wrong if it did not come from plain torch."""

    @staticmethod
    def forward(ctx, x, factor):
        """The cube, times a factor."""
        result = factor * x**3
        ctx.layer = Cube()
        ctx.save_for_backward(result, x, factor)
        return result

    @staticmethod
    def backward(ctx, gradient):
        """By torch where that is wanted, otherwise nothing that could be right."""
        if wanted_in_torch(gradient):
            return tuple(gradients_in_torch(ctx, (gradient,)))
        return torch.full_like(gradient, torch.nan), None


@pytest.fixture
def x():
    """Some numbers."""
    return torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)


def test_gradients_can_be_differentiated_again(x):
    """Second and third derivatives of a cube are those of the formula."""
    (first,) = torch.autograd.grad(Function.apply(x, torch.tensor(2.0)).sum(), x, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), x, create_graph=True)
    (third,) = torch.autograd.grad(second.sum(), x)
    for came, expected in zip((first, second, third), (6 * x**2, 12 * x, torch.full_like(x, 12)), strict=True):
        torch.testing.assert_close(came, expected)


def test_many_gradients_come_at_once(x):
    """A Jacobian whose rows are computed together is the diagonal of the formula."""
    y = Function.apply(x, torch.tensor(2.0))
    (rows,) = torch.autograd.grad(y, x, torch.eye(2, dtype=torch.float64), is_grads_batched=True)
    torch.testing.assert_close(rows, torch.diag(6 * x.detach() ** 2))


def test_usually_compiled_code_does(x):
    """A single gradient that nobody differentiates is not asked of torch."""
    (first,) = torch.autograd.grad(Function.apply(x, torch.tensor(2.0)).sum(), x)
    assert torch.isnan(first).all()
