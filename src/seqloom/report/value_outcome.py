"""What values were predicted for the sequences of a part, and which were true."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import Array, ValuePrediction

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ValueOutcome:
    """What values were predicted for the sequences of a part, and which were true.

    Args:
        prediction: the model's values in the units of the data: N rows, one per sequence, or one per labelled step.
        truth: the true values, [N, C]; NaN where not known.
        lengths: steps the model had seen when it answered, [N].
        series: the features the model had seen for one row, [T, F], to draw the worst cases.
        features: names of the features, length F.
        text: what the model had read for one row, where sequences are texts.
    """

    prediction: ValuePrediction
    truth: Floats
    lengths: NDArray[np.int64]
    series: Callable[[int], Array]
    features: tuple[str, ...]
    text: Callable[[int], str] | None = None

    @property
    def residuals(self) -> Floats:
        """What was true minus what was predicted, [N, C]."""
        return self.truth - self.prediction.values

    @property
    def errors(self) -> Floats:
        """The largest absolute error of each row, in standard deviations of each target's truth, [N]; -1: not known."""
        known = np.isfinite(self.truth)
        spread = np.array(
            [own[seen].std() if seen.any() else 0.0 for own, seen in zip(self.truth.T, known.T, strict=True)]
        )
        sizes: Floats = np.where(known, np.abs(self.residuals) / np.where(spread > 0, spread, 1.0), -1.0)
        return np.asarray(sizes.max(axis=1, initial=-1.0))

    def worst(self, count: int) -> list[int]:
        """The rows with the largest errors, one per sequence, worst first."""
        errors, chosen = self.errors, dict[object, int]()
        for row in np.argsort(-errors, kind="stable"):
            if len(chosen) == count or errors[row] <= 0:
                break
            chosen.setdefault(self.prediction.keys[row], int(row))
        return list(chosen.values())
