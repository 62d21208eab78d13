"""Counts of tokens and pairs as TF-IDF weights."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.sparse import Sparse


@dataclass(frozen=True)
class Weighting:
    """One plus the logarithm of a count, times how rare it is; each text of length 1.

    The rarity of a token or pair is `1 + ln((1 + n) / (1 + d))`, where `d` of `n` training texts have it. Those that no
    training text has count for the length alone: nothing can be learned about them.

    Source: scikit-learn's `TfidfTransformer(sublinear_tf=True)`, whose weights these are.

    Args:
        columns: those that a training text has, increasing, [M].
        rarity: of these, [M].
        new: rarity of all others.
        width: how many columns there are.
    """

    columns: NDArray[np.int64]
    rarity: NDArray[np.float64]
    new: float
    width: int

    def __post_init__(self) -> None:
        increasing = (np.diff(self.columns) > 0).all() and (self.columns[:1] >= 0).all()
        if self.columns.shape != self.rarity.shape or not increasing or (self.columns[-1:] >= self.width).any():
            raise ValueError(f"{len(self.columns)} columns of {self.width}, {len(self.rarity)} rarities")

    @classmethod
    def fit(cls, counts: Sparse) -> Self:
        """Of the counts of training texts, [E, columns]."""
        texts, width = counts.shape
        having = np.bincount(counts.columns, minlength=width)
        columns = np.flatnonzero(having)
        new = float(np.log((1 + texts) / 1) + 1)
        return cls(columns, np.log((1 + texts) / (1 + having[columns])) + 1, new, int(width))

    def __call__(self, counts: Sparse) -> Sparse:
        """The weights of texts in the columns that training had, [E, M]."""
        if counts.shape[1] != self.width:
            raise ValueError(f"expected {self.width} columns, came {counts.shape[1]}")
        rarity = np.full(self.width, self.new)
        rarity[self.columns] = self.rarity
        weights = (np.log(counts.numbers) + 1) * rarity[counts.columns]
        length = np.sqrt(np.bincount(counts.rows, weights**2, counts.shape[0]))
        return replace(counts, numbers=weights / length[counts.rows]).only(self.columns)
