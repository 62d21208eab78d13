"""How much the errors of each class count."""

import numpy as np
import torch
from torch import Tensor

from seqloom.model.settings import InputSizes, ModelSettings

RARE = 0.2
"""Share of the rarer of two classes below which the threshold is chosen by F1, unless the user said otherwise."""


def class_weights(settings: ModelSettings, sizes: InputSizes) -> Tensor:
    """Weights inverse to the classes' frequency, [K]; ones where no balance is asked for.

    Args:
        settings: whether to balance.
        sizes: the classes, and how often each was met.
    """
    counts = np.maximum(np.array(sizes.class_counts, dtype=np.float32), 1)  # in torch it would load its compiler
    if settings.class_weights == "none" or not len(counts):
        return torch.ones(len(sizes.classes))
    return torch.from_numpy(counts.sum() / (len(counts) * counts))
