"""How recurrent weights stand after an epoch."""

import torch

from seqloom.nn import spectral_radius
from seqloom.train.contract import Learner

RECURRENT = "weight_hh"
"""What recurrent weights are called, as in torch: the blocks of all gates, one on top of the other."""


def recurrent_radius(model: Learner) -> float | None:
    """The largest spectral radius of all recurrent matrices, gate by gate; None: the model has none."""
    found = []
    for name, weight in model.named_parameters():
        if RECURRENT in name and weight.ndim == 2 and weight.shape[0] % weight.shape[1] == 0:  # noqa: PLR2004 - a matrix
            with torch.no_grad():
                found.append(float(spectral_radius(weight.view(-1, weight.shape[1], weight.shape[1])).max()))
    return max(found, default=None)
