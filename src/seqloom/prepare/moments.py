"""Count, mean, spread and range of columns, gathered chunk by chunk."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray


@dataclass
class Moments:
    """Running statistics of `C` columns in `G` groups; every array is float64, [G, C].

    Chunks are merged by the pairwise rule of Chan, Golub and LeVeque (1979), which loses no digits when the mean is
    far from zero.
    """

    count: NDArray[np.float64]
    mean: NDArray[np.float64]
    squares: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @classmethod
    def empty(cls, groups: int, columns: int) -> "Moments":
        """Statistics of nothing yet."""
        shape = (groups, columns)
        count, mean, squares = (np.zeros(shape) for _ in range(3))
        return cls(count, mean, squares, np.full(shape, np.inf), np.full(shape, -np.inf))

    def update(self, column: int, values: NDArray[np.float64], groups: NDArray[np.int64]) -> None:
        """Take in some values of one column, each with the number of its group; both [n]."""
        size = len(self.count)
        count = np.bincount(groups, minlength=size).astype(np.float64)
        mean = np.bincount(groups, weights=values, minlength=size) / np.maximum(count, 1)
        squares = np.bincount(groups, weights=(values - mean[groups]) ** 2, minlength=size)
        total = np.maximum(self.count[:, column] + count, 1)
        shift = np.where(count > 0, mean - self.mean[:, column], 0.0)
        self.squares[:, column] += squares + shift**2 * self.count[:, column] * count / total
        self.mean[:, column] += shift * count / total
        self.count[:, column] += count
        np.minimum.at(self.low[:, column], groups, values)
        np.maximum.at(self.high[:, column], groups, values)

    def pooled(self) -> "Moments":
        """The statistics of all groups together, [1, C]."""
        count = self.count.sum(axis=0, keepdims=True)
        mean = (self.count * self.mean).sum(axis=0, keepdims=True) / np.maximum(count, 1)
        squares = (self.squares + self.count * (self.mean - mean) ** 2).sum(axis=0, keepdims=True)
        return Moments(count, mean, squares, self.low.min(axis=0, keepdims=True), self.high.max(axis=0, keepdims=True))

    def below(self, pooled: "Moments") -> "Moments":
        """These groups under a row of pooled statistics, [1 + G, C]."""
        rows = [np.concatenate([getattr(pooled, one.name), getattr(self, one.name)]) for one in fields(self)]
        return Moments(*rows)

    @property
    def deviation(self) -> NDArray[np.float64]:
        """Standard deviation of the whole, not of a sample, [G, C]."""
        return np.sqrt(self.squares / np.maximum(self.count, 1))
