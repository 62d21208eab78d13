"""Fewer points that look the same: what a drawing needs of a long series."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import Array

WIDE, PLAIN = 600, 300
"""Points a drawn line keeps in a wide panel and in a plain one: nearly one per pixel."""


def thin(values: Array, limit: int = WIDE) -> NDArray[np.int64]:
    """Positions of the points to keep, so that every peak and trough of a line stays visible.

    The series is cut into `limit // 2` stretches; the lowest and the highest point of each are kept, and both ends.

    Args:
        values: the line's heights, [N]; NaN is never the lowest or highest.
        limit: points to keep, about.

    Returns:
        Increasing positions, int64.

    Example:
        >>> thin(np.array([0, 1, 9, 1, 0, 0, -5, 0]), limit=4).tolist()
        [0, 2, 4, 6, 7]
    """
    count = len(values)
    if count <= limit:
        return np.arange(count, dtype=np.int64)
    edges = np.linspace(0, count, limit // 2 + 1).astype(np.int64)
    lows = np.where(np.isnan(values), np.inf, values)
    highs = np.where(np.isnan(values), -np.inf, values)
    kept = [0, count - 1]
    for start, stop in pairwise(edges):
        kept += [start + int(np.argmin(lows[start:stop])), start + int(np.argmax(highs[start:stop]))]
    return np.unique(np.asarray(kept, dtype=np.int64))


def spread(count: int, limit: int) -> NDArray[np.int64]:
    """At most `limit` positions among `count`, evenly spread, both ends among them.

    Example:
        >>> spread(10, 4).tolist()
        [0, 3, 6, 9]
    """
    return np.unique(np.linspace(0, count - 1, min(count, limit)).round().astype(np.int64)) if count else np.arange(0)
