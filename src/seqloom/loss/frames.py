"""The loss of frames of binary entries."""

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional


def frame_losses(logits: Float[Tensor, "N K"], frames: Float[Tensor, "N K"]) -> Float[Tensor, "N"]:
    """Negative log-likelihood of each frame in nats: the sum over its entries of `-log P(x_k)`."""
    losses = functional.binary_cross_entropy_with_logits(logits, frames, reduction="none")
    return torch.as_tensor(losses.sum(dim=1))
