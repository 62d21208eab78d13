"""Scaling of number columns by statistics of the training part."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare.moments import Moments
from seqloom.prepare.settings import Scale
from seqloom.sequence import Array

COINCIDE = 1e-9
"""Distance of the quartiles, as a share of the standard deviation, up to which they count as the same."""


@dataclass(frozen=True)
class Scaling:
    r"""An invertible change of units, $y = (x - \text{center}) / \text{scale}$, the same for all or per group.

    Args:
        groups: keys of the sequences that have statistics of their own; none where all are scaled alike.
        center: float64, [1 + G, C]; row 0 holds the statistics of all training rows together, used for every key
            that is not among `groups`.
        scale: as `center`, never 0.
        fill: the training mean, as `center`: what stands in for a missing value.
    """

    groups: tuple[str, ...]
    center: NDArray[np.float64]
    scale: NDArray[np.float64]
    fill: NDArray[np.float64]

    @classmethod
    def fit(
        cls,
        method: Scale,
        groups: tuple[str, ...],
        moments: Moments,
        quartiles: NDArray[np.float64] | None = None,
    ) -> "Scaling":
        """The scaling that follows from the statistics of the training rows.

        A column that does not vary gets scale 1; one that varies elsewhere but not within a group is scaled there as
        in the whole. Robust scaling of a column whose quartiles coincide falls back on its standard deviation.

        Args:
            method: which statistics make center and scale.
            groups: the keys of rows 1 and on.
            moments: [1 + G, C], the whole first.
            quartiles: for `robust`: lower quartile, median, upper quartile, [3, 1 + G, C].
        """
        center, scale = np.zeros_like(moments.mean), np.ones_like(moments.mean)
        if method == "standard":
            center, scale = moments.mean.copy(), moments.deviation
        elif method == "minmax":
            center, scale = moments.low.copy(), moments.high - moments.low
        elif method == "robust" and quartiles is not None:
            spread = quartiles[2] - quartiles[0]
            apart = spread > COINCIDE * moments.deviation
            center, scale = quartiles[1].copy(), np.where(apart, spread, moments.deviation)
        constant = ~((moments.high > moments.low) & (scale > 0))
        scale = np.where(constant, np.where(constant[:1], 1.0, scale[:1]), scale)
        absent = moments.count == 0
        return cls(
            groups,
            np.where(absent, center[:1], center),
            scale,
            np.where(absent, moments.mean[:1], moments.mean),
        )

    def locate(self, keys: Array) -> NDArray[np.int64]:
        """Row of the statistics of each key, [n]; 0 for keys without statistics of their own."""
        if not self.groups:
            return np.zeros(len(keys), dtype=np.int64)
        places = {key: place for place, key in enumerate(self.groups, start=1)}
        return np.array([places.get(str(key), 0) for key in keys], dtype=np.int64)

    def apply(self, values: NDArray[np.float64], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Scaled values, [n, ..., C]; `rows` says which statistics each of the `n` uses."""
        with np.errstate(over="ignore"):  # the caller refuses what overflows, with its place
            moved = values - self._spread(self.center, rows, values.ndim)
            scaled: NDArray[np.float64] = moved / self._spread(self.scale, rows, values.ndim)
        return scaled

    def invert(self, values: NDArray[np.float64], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Values in the units of the data, [n, ..., C]: the inverse of `apply`."""
        stretched = values * self._spread(self.scale, rows, values.ndim)
        inverted: NDArray[np.float64] = stretched + self._spread(self.center, rows, values.ndim)
        return inverted

    def _spread(self, statistic: NDArray[np.float64], rows: NDArray[np.int64], axes: int) -> NDArray[np.float64]:
        """The statistic of each row, with axes of length 1 between the first and the last: [n, 1, ..., C]."""
        if not self.groups:
            return statistic.reshape(-1)
        return statistic[rows].reshape(len(rows), *(1,) * (axes - 2), statistic.shape[1])
