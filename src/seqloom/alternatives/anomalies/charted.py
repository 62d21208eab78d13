"""Control charts without a network."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints
from seqloom.alternatives.anomalies.chart_of import chart_of
from seqloom.alternatives.anomalies.watched import Detector, Watched
from seqloom.prepare import Examples, usual_places
from seqloom.usual import Chart, smoothed


def means_of(values: NDArray[np.float32], watched: Watched, span: int) -> NDArray[np.float32]:
    """Running means over about so many steps, [N, C]."""
    before = np.zeros((watched.count, values.shape[1]), dtype=np.float32)
    return smoothed(values, watched.owner, before, span)[0]


@dataclass(frozen=True)
class Charted(Detector):
    """A control chart of something about the values.

    Args:
        threshold: its raw score from which on a step is an anomaly.
        chart: where running means usually are.
        span: steps that are averaged, about.
    """

    chart: Chart
    span: int

    @staticmethod
    @abstractmethod
    def followed(watched: Watched) -> NDArray[np.float32]:
        """What is charted, [N, C]."""

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self:
        """Measure where the means usually are."""
        known = training if hints.choosing is None else hints.choosing
        watched = Watched.of(known)
        means = means_of(cls.followed(watched), watched, hints.span)
        chart = chart_of(means[usual_places(known)], centered=True)
        return cls(1.0, chart, hints.span).settled(training, hints)

    def raw(self, watched: Watched) -> NDArray[np.float64]:
        """The distance of the means."""
        return self.chart.distances(means_of(self.followed(watched), watched, self.span))


@dataclass(frozen=True)
class ValueChart(Charted):
    """A control chart of the values themselves: how far their running means are from where they usually are."""

    name: ClassVar[str] = "chart"
    title: ClassVar[str] = "a control chart of the values"

    @staticmethod
    def followed(watched: Watched) -> NDArray[np.float32]:
        """The values."""
        return watched.values


@dataclass(frozen=True)
class ChangeChart(Charted):
    """A control chart of the changes from step to step: the errors of a naive forecast."""

    name: ClassVar[str] = "changes"
    title: ClassVar[str] = "a control chart of the changes"

    @staticmethod
    def followed(watched: Watched) -> NDArray[np.float32]:
        """The changes."""
        return watched.values - watched.before
