"""Dropout, with the generator as an argument."""

import torch
from torch import Tensor

from seqloom.errors import SettingsError


def check_rate(name: str, rate: float) -> None:
    """Refuse a rate that is no share.

    Raises:
        SettingsError: `rate` is not in [0, 1).
    """
    if not 0 <= rate < 1:
        raise SettingsError(name, expected="a share of at least 0 and below 1", came=repr(rate), fix="correct it")


def keep_mask(shape: tuple[int, ...], rate: float, like: Tensor, generator: torch.Generator | None) -> Tensor:
    """Random factors of mean 1: zero with probability `rate`, else `1 / (1 - rate)`.

    Source: Srivastava et al., "Dropout", JMLR 15 (2014), in the inverted form.

    Args:
        shape: of the result.
        rate: share of zeros, in [0, 1]; of 1 nothing is left.
        like: gives dtype and device.
        generator: where randomness comes from; None: torch's default generator.
    """
    kept = torch.empty(shape, dtype=like.dtype, device=like.device).bernoulli_(1 - rate, generator=generator)
    return kept.div_(1 - rate) if rate < 1 else kept
