"""Losses of the gap before an event and of its number attributes: minus the logarithm of a density."""

import math
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from seqloom.loss.mask import masked_mean, present

LOG_ROOT = 0.5 * math.log(2 * math.pi)


class GapLogits(NamedTuple):
    """A distribution over gaps as a network states it: see `seqloom.sequence.Gaps`, with logarithms for shares.

    Args:
        zero: logarithm of the probability that there is no gap, [N].
        positive: logarithm of the probability that there is one, [N].
        weights: logarithms of the components' shares, [N, M].
        centers: of the components, on the scale of logarithms of gaps, [N, M].
        spreads: standard deviations on that scale, above 0, [N, M].
    """

    zero: Float[Tensor, "N"]
    positive: Float[Tensor, "N"]
    weights: Float[Tensor, "N M"]
    centers: Float[Tensor, "N M"]
    spreads: Float[Tensor, "N M"]


def gap_loss(logits: GapLogits, zero: Float[Tensor, "N"], log_gap: Float[Tensor, "N"]) -> Float[Tensor, ""]:
    """Minus the mean log-likelihood of gaps, on the scale of their logarithms.

    Args:
        logits: the distribution stated for each event.
        zero: 1 where there was no gap, 0 where there was, NaN where that is not known.
        log_gap: the logarithm of the gap, scaled as `centers` are; NaN where there was none.

    Example:
        >>> nothing, one = torch.zeros(1), torch.zeros(1, 1)
        >>> sure = GapLogits(nothing - 50.0, nothing, one, one, one + 1.0)
        >>> round(gap_loss(sure, nothing, nothing).item(), 4)  # the density of a standard normal at 0
        0.9189
    """
    known = torch.where(present(log_gap), log_gap, 0.0)
    place = (known.unsqueeze(1) - logits.centers) / logits.spreads
    density = torch.logsumexp(logits.weights - 0.5 * place**2 - LOG_ROOT - torch.log(logits.spreads), dim=1)
    return masked_mean(lambda none: -torch.where(none > 0, logits.zero, logits.positive + density), zero)


def normal_loss(
    mean: Float[Tensor, "N C"], deviation: Float[Tensor, "N C"], target: Float[Tensor, "N C"]
) -> Float[Tensor, ""]:
    """Minus the mean log-density of normal distributions at targets; NaN counts nothing.

    Example:
        >>> one = torch.ones(1, 1)
        >>> round(normal_loss(one, one, one).item(), 4)
        0.9189
    """
    return masked_mean(lambda y: 0.5 * ((y - mean) / deviation) ** 2 + torch.log(deviation) + LOG_ROOT, target)
