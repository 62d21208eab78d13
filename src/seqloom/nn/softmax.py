"""A softmax over many classes and its loss, a few rows at a time."""

from collections.abc import Iterator
from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor

CELLS = 1 << 20
"""Logits computed at once: 4 MB, which stay near the processor while they are worked on."""


def softmax_loss(
    hidden: Float[Tensor, "N H"],
    weight: Float[Tensor, "K H"],
    bias: Float[Tensor, "K"],
    target: Int[Tensor, "N"],
    *,
    label_smoothing: float = 0.0,
) -> Float[Tensor, ""]:
    """The mean of `-log softmax(W h + b)[target]` over the rows with a target, without all logits in memory.

    Logits are computed for some rows, and turned at once into their loss and what they add to the gradients: the
    derivative of a mean by its logits needs nothing that comes later. So an output layer of any width costs memory for
    one chunk, and its logits are neither kept nor computed twice.

    Args:
        hidden: the rows.
        weight: `W`, one row per class.
        bias: `b`.
        target: class numbers, -1 where a row has none.
        label_smoothing: share of the target spread evenly over all classes (Szegedy et al., CVPR 2016).

    Returns:
        The mean loss; 0 where no row has a target.

    Example:
        >>> loss = softmax_loss(torch.zeros(3, 2), torch.zeros(4, 2), torch.zeros(4), torch.tensor([0, 3, -1]))
        >>> round(float(loss.exp()), 4)
        4.0
    """
    found: Tensor = _SoftmaxLoss.apply(hidden, weight, bias, target, label_smoothing)  # type: ignore[no-untyped-call]  # torch's own
    return found


def log_softmax_chunks(
    hidden: Float[Tensor, "N H"], weight: Float[Tensor, "K H"], bias: Float[Tensor, "K"]
) -> Iterator[tuple[slice, Tensor]]:
    """The log-probabilities of all classes for some rows after the other.

    Yields:
        Which rows these are, and `log softmax(W h + b)` of them, [n, K].
    """
    rows = max(1, CELLS // len(weight))
    for start in range(0, len(hidden), rows):
        logits = torch.addmm(bias, hidden[start : start + rows], weight.t())
        yield slice(start, start + len(logits)), torch.log_softmax(logits, dim=1)


class _SoftmaxLoss(torch.autograd.Function):
    """The loss, with its gradients computed on the way there."""

    @staticmethod
    def forward(
        ctx: Any,  # noqa: ANN401 - torch's, with what is put on it
        hidden: Tensor,
        weight: Tensor,
        bias: Tensor,
        target: Tensor,
        smoothing: float,
    ) -> Tensor:
        """The mean loss; its gradients wait for `backward`."""
        wanted = any(ctx.needs_input_grad)
        share = 1 / max(1, int((target >= 0).sum()))
        total = hidden.new_zeros(())
        gradients = [torch.zeros_like(each) for each in (hidden, weight, bias)] if wanted else []
        for rows, scores in log_softmax_chunks(hidden, weight, bias):
            known = (target[rows] >= 0).to(hidden.dtype).unsqueeze(1)
            place = target[rows].clamp(min=0).unsqueeze(1)
            total -= (1 - smoothing) * (scores.gather(1, place) * known).sum()
            if smoothing:
                total -= smoothing * (scores.mean(dim=1, keepdim=True) * known).sum()
            if wanted:
                slopes = scores.exp_()  # probabilities, less one at the target: the slope of the loss in each logit
                slopes.scatter_add_(1, place, slopes.new_full(place.shape, smoothing - 1.0))
                slopes -= smoothing / slopes.shape[1]
                slopes *= known * share
                torch.mm(slopes, weight, out=gradients[0][rows])
                gradients[1].addmm_(slopes.t(), hidden[rows])
                gradients[2] += slopes.sum(dim=0)
        ctx.save_for_backward(*gradients)
        return total * share

    @staticmethod
    def backward(ctx: Any, slope: Tensor) -> tuple[Tensor, Tensor, Tensor, None, None]:  # noqa: ANN401 - as above
        """The gradients, times how much the loss counts."""
        hidden, weight, bias = (gradient * slope for gradient in ctx.saved_tensors)
        return hidden, weight, bias, None, None
