"""How alike two sequences are when time may be stretched: dynamic time warping."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare import Examples, covered_rows
from seqloom.sequence import compiled

STEPS = 64
"""Steps that are compared of a sequence; of longer ones neighbours are averaged."""
WIDTH = 12
"""Features that are compared: of more, the directions in which they vary most."""
BAND = 0.2
"""How far from the straight path one may stray, as a share of the longer sequence."""

Floats = NDArray[np.float32]
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Shapes:
    """Sequences made short enough to be compared with many others.

    Args:
        rows: all of them, one after the other, [n, features].
        offsets: where each begins, and where the last one ends, [S + 1].
    """

    rows: Floats
    offsets: NDArray[np.int64]

    def __post_init__(self) -> None:
        ends = self.offsets[:1].tolist(), self.offsets[-1:].tolist()
        if self.rows.ndim != 2 or ends != ([0], [len(self.rows)]) or (np.diff(self.offsets) < 1).any():  # noqa: PLR2004 - a matrix
            raise ValueError(f"rows {self.rows.shape} do not lie from {ends[0]} to {ends[1]}")

    def __len__(self) -> int:
        return len(self.offsets) - 1


@dataclass(frozen=True)
class Shortening:
    """What makes sequences short: the directions in which the features of the training part vary most.

    Args:
        directions: [F, features].
    """

    directions: Floats

    @classmethod
    def fit(cls, training: Examples, width: int = WIDTH) -> Self:
        """The `width` principal directions of all rows, about zero: prepared features have a mean of zero."""
        rows = training.prepared.numbers[covered_rows(training)].astype(np.float64)
        _, vectors = np.linalg.eigh(rows.T @ rows)
        return cls(np.ascontiguousarray(vectors[:, ::-1][:, :width], dtype=np.float32))

    def __call__(self, examples: Examples) -> Shapes:
        """The sequences of some examples, at most 64 steps each."""
        parts = []
        for start, stop in zip(examples.start.tolist(), examples.stop.tolist(), strict=True):
            rows = examples.prepared.numbers[start:stop] @ self.directions
            borders = np.linspace(0, len(rows), min(len(rows), STEPS) + 1).astype(np.int64)
            parts.append(np.add.reduceat(rows, borders[:-1]) / np.diff(borders)[:, None])
        lengths = np.cumsum([0, *(len(part) for part in parts)])
        return Shapes(np.concatenate(parts).astype(np.float32), lengths.astype(np.int64))


def warped_distances(asked: Shapes, known: Shapes) -> Matrix:
    """The cost of the cheapest path that leads both through each pair, per step of the path's longest, [A, K].

    A step of the path goes on in one of the sequences or in both; it costs the Euclidean distance of the rows it stands
    at. Source: Sakoe & Chiba, "Dynamic programming algorithm optimization for spoken word recognition", IEEE
    Transactions on Acoustics, Speech, and Signal Processing 26 (1978).

    Example:
        >>> slow = Shapes(np.array([[0.0], [0.0], [1.0], [1.0]], np.float32), np.array([0, 4]))
        >>> fast = Shapes(np.array([[0.0], [1.0]], np.float32), np.array([0, 2]))
        >>> warped_distances(slow, fast).tolist()
        [[0.0]]
    """
    if asked.rows.shape[1] != known.rows.shape[1]:
        raise ValueError(f"{asked.rows.shape[1]} features beside {known.rows.shape[1]}")
    return _distances(asked.rows, asked.offsets, known.rows, known.offsets, BAND)


@compiled
def _distances(
    asked: Floats, asked_offsets: NDArray[np.int64], known: Floats, known_offsets: NDArray[np.int64], band: float
) -> Matrix:
    found = np.empty((len(asked_offsets) - 1, len(known_offsets) - 1))
    for one in range(len(asked_offsets) - 1):
        left = asked[asked_offsets[one] : asked_offsets[one + 1]]
        for other in range(len(known_offsets) - 1):
            found[one, other] = _distance(left, known[known_offsets[other] : known_offsets[other + 1]], band)
    return found


@compiled
def _distance(left: Floats, right: Floats, band: float) -> float:
    """The cost of the cheapest path, a row at a time; cells off the band are walls."""
    rows, columns = len(left), len(right)
    stray = max(1.0, band * max(rows, columns))
    before, row = np.full(columns + 1, np.inf), np.empty(columns + 1)
    before[0] = 0.0
    slope = columns / rows
    for i in range(rows):
        row[:] = np.inf
        first = max(0, int(i * slope - stray))
        last = min(columns, int((i + 1) * slope + stray) + 1)
        for j in range(first, last):
            square = np.float32(0)
            for f in range(left.shape[1]):
                gap = left[i, f] - right[j, f]
                square += gap * gap
            row[j + 1] = np.sqrt(square) + min(before[j], before[j + 1], row[j])
        before, row = row, before
    return float(before[columns] / max(rows, columns))
