"""Words as they were written, beside the codes a network reads."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence.dataset import Array


@dataclass(frozen=True)
class Words:
    """The word of each step.

    Args:
        codes: of the words, -1 where one is missing, [steps].
        labels: the words, in the order of their codes.
        known: which of them the vocabulary of the training part has, [labels].
        places: which columns of the prepared codes tell words apart.
    """

    codes: Array
    labels: tuple[str, ...]
    known: NDArray[np.bool_]
    places: tuple[int, ...] = ()

    def at(self, rows: NDArray[np.int64]) -> list[str]:
        """The words of some steps; empty where one is missing.

        Example:
            >>> Words(np.array([1, 0, -1]), ("a", "b"), np.array([True, False])).at(np.array([0, 2]))
            ['b', '']
        """
        written = (*self.labels, "")
        return [written[code] for code in self.codes[rows].tolist()]

    def new(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether the word of each of some steps is one the vocabulary does not have, or missing.

        Example:
            >>> Words(np.array([1, 0, -1]), ("a", "b"), np.array([True, False])).new(np.array([0, 1, 2])).tolist()
            [True, False, True]
        """
        lacking: NDArray[np.bool_] = ~np.append(self.known, False)
        return lacking[self.codes[rows]]
