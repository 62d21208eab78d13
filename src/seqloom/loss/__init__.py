"""Losses a network learns by, on tensors; missing targets are left out in one place."""

from seqloom.loss.ctc import ctc_losses as ctc_losses
from seqloom.loss.ctc import steps_needed as steps_needed
from seqloom.loss.event_losses import GapLogits as GapLogits
from seqloom.loss.event_losses import gap_loss as gap_loss
from seqloom.loss.event_losses import normal_loss as normal_loss
from seqloom.loss.frames import frame_losses as frame_losses
from seqloom.loss.losses import binary_cross_entropy as binary_cross_entropy
from seqloom.loss.losses import cross_entropy as cross_entropy
from seqloom.loss.losses import huber as huber
from seqloom.loss.losses import mae as mae
from seqloom.loss.losses import mse as mse
from seqloom.loss.losses import pinball as pinball
from seqloom.loss.mask import check_shapes as check_shapes
from seqloom.loss.mask import count as count
from seqloom.loss.mask import known as known
from seqloom.loss.mask import labelled as labelled
from seqloom.loss.mask import masked_mean as masked_mean
from seqloom.loss.mask import present as present

__all__ = [
    "GapLogits",
    "binary_cross_entropy",
    "check_shapes",
    "count",
    "cross_entropy",
    "ctc_losses",
    "frame_losses",
    "gap_loss",
    "huber",
    "known",
    "labelled",
    "mae",
    "masked_mean",
    "mse",
    "normal_loss",
    "pinball",
    "present",
    "steps_needed",
]
