"""Quartiles of a column too long to sort, from a spread sample of its rows."""

import numpy as np
from numpy.typing import NDArray

SAMPLE = 1 << 20
"""Rows looked at: up to here quartiles are exact, beyond their error is about 0.05 % of the rows."""


def sampled_rows(spans: NDArray[np.int64], size: int = SAMPLE) -> NDArray[np.int64]:
    """Rows spread over the spans, increasing: all of them while they are few, else one at random from each equal slice.

    The random place within a slice keeps the sample from falling into step with a season. The generator is the
    sample's own and always starts alike, so that a fit depends on nothing but its rows.

    Args:
        spans: rows to choose from, half-open, [S, 2].
        size: about how many rows to choose.
    """
    lengths = spans[:, 1] - spans[:, 0]
    share = min(1.0, size / max(1, int(lengths.sum())))
    counts = np.ceil(lengths * share).astype(np.int64)
    ordinal = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    jitter = np.random.default_rng(0).random(len(ordinal))
    slices = np.repeat(lengths / np.maximum(counts, 1), counts)
    rows: NDArray[np.int64] = np.repeat(spans[:, 0], counts) + np.floor((ordinal + jitter) * slices).astype(np.int64)
    return rows


def quartiles(values: NDArray[np.float64], groups: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """Lower quartile, median and upper quartile of each group, linear between neighbours, [3, size].

    Args:
        values: the values, without gaps, [n].
        groups: number of each value's group, below `size`, [n].
        size: how many groups there are; a group without values gets NaN.
    """
    ordered = values[np.lexsort((values, groups))]
    counts = np.bincount(groups, minlength=size)
    starts = np.cumsum(counts) - counts
    result = np.full((3, size), np.nan)
    full = counts > 0
    for row, level in enumerate((0.25, 0.5, 0.75)):
        position = level * (counts[full] - 1)
        below = starts[full] + np.floor(position).astype(np.int64)
        above = np.minimum(below + 1, starts[full] + counts[full] - 1)
        part = position - np.floor(position)
        result[row, full] = ordered[below] * (1 - part) + ordered[above] * part
    return result
