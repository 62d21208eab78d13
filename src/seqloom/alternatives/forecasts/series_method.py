"""A forecast by a model of each single series and its season: what all such methods share."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.forecasts.each_series import EachSeries
from seqloom.alternatives.forecasts.smoothing import reach_for
from seqloom.prepare import Examples

LONGEST_SEASON = 400
"""Steps of a season beyond which it is left out."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class SeriesMethod(ABC):
    """A model of each series that looks back on the last 128 values, or three seasons.

    Args:
        series: parameters of the model of each series.
        season: steps of a season; 1: none.
    """

    series: EachSeries
    season: int
    name: ClassVar[str]
    title: ClassVar[str]

    def __post_init__(self) -> None:
        if not 1 <= self.season <= LONGEST_SEASON:
            raise ValueError(f"a season of {self.season} steps")

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Fit each series, or up to 16 of many."""
        if not len(training):
            return Skipped("the training part has no window")
        season = hints.season if hints.season <= LONGEST_SEASON else 1
        learned, unforeseen = partial(cls.learned, season=season), partial(cls.unforeseen, season=season)
        return cls(EachSeries.fit(training, learned, unforeseen), season)

    @property
    def reach(self) -> int:
        """Values that a forecast looks back on."""
        return reach_for(self.season)

    def predict(self, examples: Examples) -> Matrix:
        """The forecast of each window by the model of its series, [E, P, C]."""
        forecasts = np.empty((len(examples), examples.horizon, examples.prepared.targets.shape[1]))
        for places, channel, parameters, values in self.series.runs(examples, self.reach):
            forecasts[places, :, channel] = self.ahead(parameters, values, self.season, examples.horizon)
        return forecasts

    @staticmethod
    @abstractmethod
    def learned(values: Matrix, season: int) -> Matrix:
        """The parameters of one series [n], [p]."""

    @staticmethod
    @abstractmethod
    def unforeseen(parameters: Matrix, values: Matrix, season: int) -> float:
        """The mean square of what a model with these parameters does not foresee of a series [n]."""

    @staticmethod
    @abstractmethod
    def ahead(parameters: Matrix, values: Matrix, season: int, horizon: int) -> Matrix:
        """The forecast that follows stretches of a series [w, reach], [w, P]."""
