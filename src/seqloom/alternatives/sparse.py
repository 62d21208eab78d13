"""Matrices of which most is zero, such as counts of many tokens in short texts."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import spans

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Sparse:
    """The numbers of a matrix that are not zero, row by row, and by column in each row.

    Args:
        rows: of each number, not decreasing, [N].
        columns: of each number, increasing in a row, [N].
        numbers: [N].
        shape: how many rows and columns there are.
    """

    rows: Places
    columns: Places
    numbers: NDArray[np.float64]
    shape: tuple[int, int]

    @classmethod
    def counted(cls, rows: Places, columns: Places, shape: tuple[int, int]) -> Self:
        """How often each cell is named.

        Args:
            rows: of each cell, [N].
            columns: of each cell, [N].
            shape: how many rows and columns there are.

        Example:
            >>> Sparse.counted(np.array([0, 1, 0]), np.array([2, 0, 2]), (2, 3)).numbers.tolist()
            [2.0, 1.0]
        """
        cells, counts = np.unique(rows * shape[1] + columns, return_counts=True)
        return cls(cells // shape[1], cells % shape[1], counts.astype(np.float64), shape)

    def __getitem__(self, places: Places) -> "Sparse":
        """Some rows, in this order."""
        begin, end = (np.searchsorted(self.rows, places, side) for side in ("left", "right"))
        inside = spans(begin, end)
        rows = np.repeat(np.arange(len(places)), end - begin)
        return Sparse(rows, self.columns[inside], self.numbers[inside], (len(places), self.shape[1]))

    @property
    def sums(self) -> NDArray[np.float64]:
        """Of each column, [F]."""
        return np.bincount(self.columns, self.numbers, self.shape[1]).astype(np.float64)

    def only(self, columns: Places) -> "Sparse":
        """Some columns, increasing."""
        place = np.searchsorted(columns, self.columns)
        there = np.flatnonzero(np.append(columns, -1)[place] == self.columns)
        return Sparse(self.rows[there], place[there], self.numbers[there], (self.shape[0], len(columns)))

    def __matmul__(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sums of the rows weighted by columns, [E, K], of weights [F, K]."""
        sums = [np.bincount(self.rows, self.numbers * own[self.columns], self.shape[0]) for own in weights.T]
        return np.stack(sums, axis=1)
