"""Prediction intervals set right on validation data: split-conformal correction of quantile forecasts."""

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SettingsError

Matrix = NDArray[np.float64]


def conformal_offsets(lower: Matrix, upper: Matrix, truth: Matrix, level: float) -> Matrix:
    """How far to move both bounds outwards at each step ahead, so that intervals hold what they promise.

    The score of an example is how far its truth lies outside the interval, negative inside. The offset is the
    `ceil((n + 1) level)`-th smallest of the n scores, as in conformalised quantile regression (Romano, Patterson &
    Candès 2019); if future examples are exchangeable with these, at least `level` of them fall inside. Deviation:
    where n is too small for the promise (n < level / (1 - level)) the largest score is taken instead of infinity.
    Windows that overlap are not exchangeable, so that coverage is to be checked on a later part.

    Args:
        lower: lower bounds on the validation part, [E, P, C].
        upper: upper bounds, of the same shape.
        truth: what came, NaN where unknown, of the same shape.
        level: the share of truth the interval is to hold, between 0 and 1.

    Returns:
        To be subtracted from lower and added to upper bounds, [P, C]; 0 where nothing is known.

    Raises:
        SettingsError: the level is not between 0 and 1.
        DataError: the arrays differ in shape.

    Example:
        >>> truth = np.arange(1.0, 20.0).reshape(19, 1, 1)
        >>> conformal_offsets(np.zeros_like(truth), np.full_like(truth, 10.0), truth, 0.9).tolist()
        [[8.0]]
    """
    if not 0 < level < 1:
        raise SettingsError("level", expected="a share between 0 and 1", came=repr(level), fix="pass 0.9 for 90 %")
    if not lower.shape == upper.shape == truth.shape:
        raise DataError(
            "interval",
            expected="bounds of the shape of the truth",
            came=f"{list(lower.shape)}, {list(upper.shape)} and {list(truth.shape)}",
            fix="pass predictions of the same examples",
        )
    scores = np.sort(np.maximum(lower - truth, truth - upper), axis=0)  # NaN last
    counts = np.isfinite(truth).sum(axis=0)  # [P, C]
    rank = np.minimum(np.ceil((counts + 1) * level).astype(np.int64), counts) - 1
    offsets: Matrix = np.take_along_axis(scores, np.maximum(rank, 0)[None], axis=0)[0] if len(scores) else 0.0 * counts
    return np.where(counts > 0, offsets, 0.0)


def coverage_by_step(lower: Matrix, upper: Matrix, truth: Matrix) -> Matrix:
    """Share of the truth inside its interval at each step ahead, over examples and targets.

    Args:
        lower: [E, P, C].
        upper: [E, P, C].
        truth: NaN where unknown, [E, P, C].

    Returns:
        [P], NaN where nothing is known.
    """
    known = np.isfinite(truth).sum(axis=(0, 2))
    inside = ((lower <= truth) & (truth <= upper)).sum(axis=(0, 2))
    shares: Matrix = np.full(truth.shape[1], np.nan)
    np.divide(inside, known, out=shares, where=known > 0)
    return shares
