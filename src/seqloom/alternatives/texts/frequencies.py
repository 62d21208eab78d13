"""Frequencies: every token has the probability it has in the training part, whatever stands before it."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.prepare import Examples, covered_rows


@dataclass(frozen=True)
class Frequencies:
    """Answers the share of each token among those of the training part, each counted once more.

    Args:
        logarithms: of the shares, one per token, [K].
    """

    logarithms: NDArray[np.float64]
    name: ClassVar[str] = "frequencies"
    title: ClassVar[str] = "the tokens' frequencies"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:  # noqa: ARG003 - nothing is drawn
        """Count the tokens."""
        prepared = training.prepared
        if prepared.text is None:
            return Skipped("there is no text")
        came = prepared.targets[covered_rows(training)]
        counts = 1.0 + np.bincount(came, minlength=prepared.code_sizes[prepared.text])
        return cls(np.log(counts / counts.sum()))

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The logarithm of the share of the token that follows each row, [N]."""
        found: NDArray[np.float64] = self.logarithms[examples.prepared.targets[covered_rows(examples)]]
        return found
