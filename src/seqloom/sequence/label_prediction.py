"""Any number of labels for each sequence."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence.dataset import Array

BETWEEN = "|"
"""What stands between labels that are written in one cell, where nobody said."""


@dataclass(frozen=True)
class LabelPrediction:
    """Which of `K` labels each of `B` sequences has: none, one or several.

    Args:
        chosen: whether each label is given, [B, K].
        probabilities: of each label, each by itself, [B, K]; rows sum to anything.
        classes: the labels, in the order of the columns.
        thresholds: probability from which on each label is given, [K].
        keys: name of each sequence, [B].
        separator: what stands between labels in a cell.
    """

    chosen: NDArray[np.bool_]
    probabilities: NDArray[np.float64]
    classes: tuple[str, ...]
    thresholds: NDArray[np.float64]
    keys: Array
    separator: str = BETWEEN

    @property
    def sets(self) -> list[tuple[str, ...]]:
        """The labels of each sequence, in the order of `classes`."""
        return [tuple(self.classes[k] for k in np.flatnonzero(row)) for row in self.chosen]

    def numbers(self) -> dict[str, Array]:
        """The numbers by name, as golden examples keep them."""
        return {"probabilities": self.probabilities}

    def to_columns(self) -> dict[str, Array]:
        """One row per sequence: key, its labels in one cell, then the probability of each label."""
        cells = np.array([self.separator.join(labels) for labels in self.sets], dtype=str)
        columns: dict[str, Array] = {"sequence": self.keys, "prediction": cells}
        for k, name in enumerate(self.classes):
            columns[f"probability_{name}"] = self.probabilities[:, k]
        return columns
