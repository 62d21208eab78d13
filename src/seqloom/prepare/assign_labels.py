"""Sequences shared out among the parts so that every label is met in each in about the same proportion."""

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare.assign import TEST, TRAIN, VALIDATION, counts
from seqloom.prepare.settings import SplitSettings


def by_labels(
    labels: NDArray[np.floating], settings: SplitSettings, generator: np.random.Generator, where: str
) -> NDArray[np.int64]:
    """The part of each sequence, [S]: the rarest labels are dealt out first, the first of each to training.

    Each sequence goes to the part that lacks most of the label at hand, as long as it has room.

    Source: Sechidis, Tsoumakas & Vlahavas, "On the stratification of multi-label data" (2011), algorithm 1; parts
    keep their exact sizes here.

    Args:
        labels: 1 where a sequence has a label, else 0 or NaN, [S, K].
        settings: the sizes of the parts.
        generator: what shuffles.
        where: what is dealt out, for messages.

    Raises:
        DataError: nothing would be left to learn from.
    """
    has = labels[order := generator.permutation(len(labels))] == 1
    sizes = np.zeros(3, dtype=np.int64)
    sizes[VALIDATION], sizes[TEST] = counts(settings, len(labels), where)
    sizes[TRAIN] = len(labels) - sizes.sum()
    room, wanted = sizes.copy(), np.outer(sizes / len(labels), has.sum(axis=0))  # [3], [3, K]
    assigned = np.full(len(labels), -1)
    while (left := has[assigned < 0].sum(axis=0)).any():
        label = int(np.argmin(np.where(left > 0, left, len(labels) + 1)))
        for row in np.flatnonzero(has[:, label] & (assigned < 0)):
            part = max(np.flatnonzero(room), key=lambda one: (wanted[one, label], room[one]))
            assigned[row] = part
            room[part] -= 1
            wanted[part, has[row]] -= 1
    assigned[assigned < 0] = generator.permutation(np.repeat(np.arange(3), room))
    parts = np.empty(len(labels), dtype=np.int64)
    parts[order] = assigned
    return parts
