"""What comes next in running text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence.dataset import Array

SHOWN = 5
"""Tokens that are shown in a table."""


@dataclass(frozen=True)
class NextPrediction:
    """The token that follows each of `B` texts.

    Args:
        probabilities: of all tokens, rows sum to 1, [B, K].
        surprise: minus the natural logarithm of the probability of the tokens that were read last, on average; NaN
            where nothing had been said of them, [B].
        vocabulary: the tokens in the order of their codes, the unknown one first.
        keys: name of each text, [B].
    """

    probabilities: NDArray[np.float64]
    surprise: NDArray[np.float64]
    vocabulary: tuple[str, ...]
    keys: Array

    def numbers(self) -> dict[str, Array]:
        """The numbers by name, as golden examples keep them."""
        return {"probabilities": self.probabilities}

    def to_columns(self) -> dict[str, Array]:
        """One row per text: key, surprise, then the five most probable tokens with their probabilities."""
        columns: dict[str, Array] = {"sequence": self.keys, "surprise": self.surprise}
        shown = min(SHOWN, len(self.vocabulary))
        best = np.argsort(-self.probabilities, axis=1, kind="stable")[:, :shown]
        chances = np.take_along_axis(self.probabilities, best, axis=1)
        tokens = np.array(self.vocabulary, dtype=object)
        for place in range(shown):
            columns[f"next_{place + 1}"] = tokens[best[:, place]]
            columns[f"probability_{place + 1}"] = chances[:, place]
        return columns
