"""How long until the next event: a distribution over gaps, some of which may be zero."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BISECTIONS = 60
"""Halvings of an interval of logarithms: beyond the digits of a double."""
REACH = 9.0
"""Deviations from the outermost component beyond which nothing lies."""
LARGEST_LOG = 700.0
"""Of a double."""
TINY = float(np.finfo(np.float64).tiny)


@dataclass(frozen=True)
class Gaps:
    r"""Gaps that are zero with some probability, and else a mixture of log-normals.

        P(g = 0) = \pi        p(g) = (1 - \pi) \sum_m w_m N(\log g; \mu_m, \sigma_m^2) / g   for g > 0

    Events that share a time stamp need the point mass: no density is finite at 0. The mixture is that of Shchur,
    Biloš & Günnemann, "Intensity-free learning of temporal point processes", ICLR 2020, which has no mass at 0.

    Args:
        zero: probability that the next event has the same time stamp, [B].
        weights: of the components, rows sum to 1, [B, M].
        centers: mean of the logarithm of a gap in each component, [B, M].
        spreads: standard deviation of the logarithm in each, above 0, [B, M].
    """

    zero: Floats
    weights: Floats
    centers: Floats
    spreads: Floats

    def __len__(self) -> int:
        return len(self.zero)

    def log_likelihood(self, gaps: Floats) -> Floats:
        """Logarithm of the probability of gaps of 0, of the density of all others, [B]; NaN where a gap is NaN.

        Args:
            gaps: what came, 0 or more, [B].
        """
        logs = np.log(np.where(gaps > 0, gaps, 1.0))
        place = (logs[:, None] - self.centers) / self.spreads
        terms = np.log(np.maximum(self.weights, TINY)) - 0.5 * (place**2 + np.log(2 * np.pi)) - np.log(self.spreads)
        positive = np.log(np.maximum(1 - self.zero, TINY)) + np.logaddexp.reduce(terms, axis=1) - logs
        found: Floats = np.where(gaps > 0, positive, np.log(np.maximum(self.zero, TINY)))
        return np.where(np.isnan(gaps), np.nan, found)

    def cumulative(self, gaps: Floats) -> Floats:
        """Probability of a gap no longer than each of these, [B]; NaN where a gap is NaN."""
        below = self._below(np.log(np.where(gaps > 0, gaps, 1.0)))
        found: Floats = self.zero + np.where(gaps > 0, (1 - self.zero) * below, 0.0)
        return np.where(np.isnan(gaps), np.nan, found)

    def quantile(self, level: float) -> Floats:
        """The gap that is not exceeded with this probability, [B]: 0 as far as the point mass reaches.

        Args:
            level: between 0 and 1; 0.5 gives the median.

        Example:
            >>> one = Gaps(np.array([0.2]), np.ones((1, 1)), np.zeros((1, 1)), np.ones((1, 1)))
            >>> one.quantile(0.6).round(6).tolist(), one.quantile(0.1).tolist()
            ([1.0], [0.0])
        """
        share = (level - self.zero) / np.maximum(1 - self.zero, TINY)
        low = (self.centers - REACH * self.spreads).min(axis=1)
        high = (self.centers + REACH * self.spreads).max(axis=1)
        for _ in range(BISECTIONS):
            middle = (low + high) / 2
            under = self._below(middle) < share
            low, high = np.where(under, middle, low), np.where(under, high, middle)
        found: Floats = np.exp(np.minimum((low + high) / 2, LARGEST_LOG))
        return np.where(share <= 0, 0.0, found)

    def _below(self, logs: Floats) -> Floats:
        """Share of the positive gaps whose logarithm is below, [B]."""
        place = torch.from_numpy((logs[:, None] - self.centers) / self.spreads)
        found: Floats = (self.weights * torch.special.ndtr(place).numpy()).sum(axis=1)
        return found
