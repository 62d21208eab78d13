"""How the texts of a part were translated, and how they should have been."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.score import sentence_chrf
from seqloom.sequence import Array, TranslatePrediction


@dataclass(frozen=True)
class TranslateOutcome:
    """How the texts of a part were translated, and how they should have been.

    Args:
        prediction: the model's translations of B texts.
        sources: what was translated, [B].
        references: the true translations, [B].
    """

    prediction: TranslatePrediction
    sources: Array
    references: Array

    @cached_property
    def scores(self) -> NDArray[np.float64]:
        """The chrF of each translation, 0 to 100, [B]."""
        return sentence_chrf(self.prediction.texts.tolist(), self.references.tolist())

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Words of each source, [B]."""
        return np.array([len(text.split()) for text in self.sources], dtype=np.int64)

    def best(self, count: int) -> list[int]:
        """The best translations, of equally good ones the longest first."""
        order = np.lexsort((-self.lengths, -self.scores))
        return [int(row) for row in order[:count]]

    def worst(self, count: int) -> list[int]:
        """The worst translations, worst first."""
        return [int(row) for row in np.argsort(self.scores, kind="stable")[:count]]

    def spread(self, count: int, longest: int) -> list[int]:
        """Translations of at most so many tokens on both sides, evenly spread over the part."""
        found = self.prediction.alignments
        short = [row for row, one in enumerate(found) if max(len(one.source), len(one.target)) <= longest]
        places = np.unique(np.linspace(0, len(short) - 1, min(count, len(short))).round().astype(np.int64))
        return [short[place] for place in places.tolist()]
