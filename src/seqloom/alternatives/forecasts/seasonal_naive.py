"""The seasonal naive forecast: the last season comes again."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.history import target_history
from seqloom.prepare import Examples


@dataclass(frozen=True)
class SeasonalNaive:
    """Repeats the values of the last season.

    Where a sequence is shorter than a season before the forecast, its last value is repeated instead.

    Args:
        season: steps of a season.
    """

    season: int
    name: ClassVar[str] = "seasonal_naive"
    title: ClassVar[str] = "the seasonal naive forecast"

    def __post_init__(self) -> None:
        if self.season < 1:
            raise ValueError(f"a season of {self.season} steps")

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:  # noqa: ARG003 - the season is all it needs
        """The season is known already."""
        return cls(hints.season) if hints.season > 1 else Skipped("no season was found in the training part")

    @property
    def reach(self) -> int:
        """A season."""
        return self.season

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The last season again and again, [E, P, C]."""
        last = examples.stop[:, None] - 1
        rows = last + 1 - self.season + np.arange(examples.horizon) % self.season  # [E, P]
        first = examples.prepared.offsets[examples.sequence][:, None]
        return target_history(examples.prepared)[np.where(rows < first, last, rows)].astype(np.float64)
