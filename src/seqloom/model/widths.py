"""Intervals whose width follows what comes true: wider after a miss, a little narrower after each hit."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare import Examples

RATE = 0.02
"""How far the logarithm of a width moves: by this times the promise after a miss, back by this times the rest else."""
MOST = float(np.log(100.0))
"""Bound of that logarithm, either way: a hundredth of the calibrated width, or a hundred of it."""

Floats = NDArray[np.float32]


class Widths(NamedTuple):
    """Where a series is; a value, never changed.

    Args:
        logs: logarithm of the factor that the next interval's half-widths are multiplied by, [P, C].
        pending: bounds whose truth is still to come, [P, P, C, 2]: `pending[k, h]` was said `k` steps ago for `h + 1`
            steps ahead; NaN where nothing was said, or the truth has come.
    """

    logs: Floats
    pending: Floats


@dataclass(frozen=True)
class WidthRule:
    """The rule by which the widths of a forecast's intervals follow what comes true.

    Each step ahead and target has a factor of its own, by which the calibrated distance between point and bound is
    multiplied. When a truth comes, each of the `P` intervals that were said for it is looked at, and the logarithm of
    its factor moves: `log q += rate (missed - (1 - interval))`. This is the quantile tracker of conformal PID control
    (Angelopoulos, Candès & Tibshirani 2023), itself an online form of adaptive conformal inference (Gibbs & Candès
    2021), with the bounds that were said, so that an interval `h` steps ahead teaches `h` steps later. Whatever the
    series does, the share of misses over `n` truths differs from the promise by at most `2 MOST / (rate n)` as long as
    no factor reaches its bound. Deviation: logarithms of factors of calibrated half-widths instead of scores, so that
    the rate needs no unit and widths stay positive; a half-width of 0 stays 0.

    Args:
        horizon: steps ahead, `P`.
        interval: share of the truth that intervals are to hold.
    """

    horizon: int
    interval: float

    def begin(self, targets: int) -> Widths:
        """Before the first forecast of `C` targets: the calibrated widths, and nothing to be learned yet."""
        shape = (self.horizon, self.horizon, targets, 2)
        return Widths(np.zeros(shape[1:3], np.float32), np.full(shape, np.nan, np.float32))

    def learned(self, widths: Widths, truth: NDArray[np.floating[Any]]) -> Widths:
        """A step later.

        Args:
            widths: before.
            truth: the values of that step, in the units of the bounds, NaN where unknown, [C].
        """
        steps = np.arange(self.horizon)
        due = widths.pending[steps, steps]  # [P, C, 2]: said h steps ago for h + 1 ahead
        known = np.isfinite(truth) & np.isfinite(due[..., 0])
        missed = (truth < due[..., 0]) | (truth > due[..., 1])
        moves = np.where(known, RATE * (missed - (1 - self.interval)), 0.0)
        logs = np.clip(widths.logs + moves.astype(np.float32), -MOST, MOST).astype(np.float32)
        pending = np.full_like(widths.pending, np.nan)
        pending[1:] = widths.pending[:-1]
        pending[steps[1:], steps[:-1]] = np.nan  # their truth has come
        return Widths(logs, pending)

    def bounds(self, widths: Widths, values: NDArray[Any], quantiles: NDArray[Any]) -> Floats:
        """The bounds that are said now, [P, C, Q], Q being 2.

        Args:
            widths: now.
            values: the point forecast, [P, C].
            quantiles: its calibrated bounds, [P, C, 2].
        """
        values = values.astype(np.float32)[..., None]
        bounds: Floats = values + np.exp(widths.logs)[..., None] * (quantiles.astype(np.float32) - values)
        return bounds

    def said(self, widths: Widths, bounds: Floats) -> Widths:
        """The same step, when these bounds [P, C, 2] have been said."""
        pending = widths.pending.copy()
        pending[0] = bounds
        return Widths(widths.logs, pending)

    def followed(self, values: NDArray[Any], quantiles: NDArray[Any], examples: Examples) -> Floats:
        """The bounds of windows, each set by the truths that came before it alone: those known at its last row.

        Every sequence begins with the calibrated widths at its first window. Bounds said after a row whose targets are
        all unknown teach nothing, as a live stream says nothing new there.

        Args:
            values: point forecasts, [E, P, C].
            quantiles: their calibrated bounds, [E, P, C, 2].
            examples: the windows, all targets together.
        """
        found = np.empty(quantiles.shape, np.float32)
        targets, sequence, before = examples.prepared.targets, -1, 0
        first = widths = self.begin(values.shape[-1])
        for place in np.lexsort((examples.stop, examples.sequence)).tolist():
            stop = int(examples.stop[place])
            if examples.sequence[place] != sequence:
                sequence, before, widths = examples.sequence[place], stop, first
            for row in range(before, min(stop, before + self.horizon)):
                widths = self.learned(widths, targets[row])
            before = stop
            found[place] = self.bounds(widths, values[place], quantiles[place])
            if np.isfinite(targets[stop - 1]).any():
                widths = self.said(widths, found[place])
        return found

    def flat(self, widths: Widths) -> Floats:
        """The same as one row of `P (P + 2) C` numbers, however long the series."""
        pending = widths.pending[np.triu_indices(self.horizon)]
        return np.concatenate([widths.logs.ravel(), pending.ravel()])

    def opened(self, flat: Floats) -> Widths:
        """The inverse of `flat`."""
        targets = len(flat) // (self.horizon * (self.horizon + 2))
        pending, count = self.begin(targets).pending, self.horizon * targets
        pending[np.triu_indices(self.horizon)] = flat[count:].reshape(-1, targets, 2)
        return Widths(flat[:count].reshape(self.horizon, targets), pending)
