"""Which labels each sequence of a part was given, and which it has."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import Array, LabelPrediction


@dataclass(frozen=True)
class LabelOutcome:
    """Which labels each sequence of a part was given, and which it has.

    Args:
        prediction: the model's labels and probabilities for B sequences.
        truth: 1 where a sequence has a label, 0 where not, NaN where that is unknown, [B, K].
        series: the features of one sequence by its row, [T, F], to draw the worst cases.
        features: names of the features, length F.
        text: what the model read of one sequence by its row, where sequences are texts.
    """

    prediction: LabelPrediction
    truth: NDArray[np.float64]
    series: Callable[[int], Array]
    features: tuple[str, ...]
    text: Callable[[int], str] | None = None

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Where it is known whether a sequence has a label, [B, K]."""
        return np.isfinite(self.truth)

    @cached_property
    def there(self) -> NDArray[np.bool_]:
        """Where a sequence has a label, [B, K]."""
        there: NDArray[np.bool_] = self.truth == 1
        return there

    @cached_property
    def missed(self) -> NDArray[np.bool_]:
        """Labels that are there and were not given, [B, K]."""
        return self.there & ~self.prediction.chosen

    @cached_property
    def extra(self) -> NDArray[np.bool_]:
        """Labels that were given and are not there, [B, K]."""
        return self.known & ~self.there & self.prediction.chosen

    def worst(self, count: int) -> list[int]:
        """The rows with most wrong labels; among equals those the model was surest of."""
        wrong = self.missed | self.extra
        doubt = np.where(self.there, self.prediction.probabilities, 1 - self.prediction.probabilities)
        surest = np.where(wrong, doubt, 1.0).min(axis=1)
        order = np.lexsort((surest, -wrong.sum(axis=1)))
        return [int(row) for row in order[:count] if wrong[row].any()]

    def pairs(self, count: int) -> list[tuple[int, int]]:
        """The pairs of labels that most sequences have together, most frequent first."""
        both = np.triu(self.there.T.astype(np.int64) @ self.there.astype(np.int64), k=1)
        order = np.argsort(-both, axis=None, kind="stable")[:count]
        rows, columns = np.unravel_index(order, both.shape)
        return [(int(a), int(b)) for a, b in zip(rows, columns, strict=True) if both[a, b]]
