"""What each entry of the frames of a part cost, and images from their frames."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import Array

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class FrameOutcome:
    """What each entry of the frames of a part cost.

    Args:
        entries: names of the entries, length K.
        nats: negative log-likelihood of each entry by who answered, the model and each alternative, in nats per frame,
            [K] each.
        shares: share of the frames in which each entry is on, [K].
    """

    entries: tuple[str, ...]
    nats: Mapping[str, Floats]
    shares: Floats


def picture_of(frames: Array) -> Array | None:
    """The frames of an image as its rows, [height, width]; of one that was read pixel by pixel if it is a square.

    Args:
        frames: [T, K].

    Returns:
        The image, or None where its shape is not known.
    """
    steps, entries = frames.shape
    if entries > 1:
        return frames
    side = isqrt(steps)
    return frames.reshape(side, side) if side * side == steps else None
