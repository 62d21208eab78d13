"""Weights drawn from a normal distribution."""

from torch import Tensor, nn


def draw_normal(weight: Tensor, deviation: float = 1.0) -> None:
    """Fill a weight as torch draws it; on the device `meta`, where there are no numbers, nothing is drawn.

    To draw nothing torch would load its compiler, which takes as long as everything else a model is loaded with.

    Args:
        weight: changed in place, outside of what is differentiated.
        deviation: of the distribution, whose mean is zero.
    """
    if not weight.is_meta:
        nn.init.normal_(weight, std=deviation)
