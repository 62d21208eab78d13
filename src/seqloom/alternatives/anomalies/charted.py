"""Control charts without a network."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints
from seqloom.alternatives.anomalies.chart_of import chart_of
from seqloom.alternatives.anomalies.watched import Detector, Watched
from seqloom.prepare import Examples
from seqloom.usual import Chart, smoothed


def means_of(values: NDArray[np.float32], watched: Watched, span: int) -> NDArray[np.float32]:
    """Running means over about so many steps, [N, C]."""
    before = np.zeros((watched.count, values.shape[1]), dtype=np.float32)
    return smoothed(values, watched.owner, before, span)[0]


@dataclass(frozen=True)
class ValueChart(Detector):
    """A control chart of the values themselves: how far their running means are from the training part's.

    Args:
        threshold: its raw score from which on a step is an anomaly.
        chart: where the means usually are.
        span: steps over which values are averaged, about.
    """

    chart: Chart
    span: int
    name: ClassVar[str] = "chart"
    title: ClassVar[str] = "a control chart of the values"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self:
        """Measure where the means usually are."""
        usual = Watched.of(hints.choosing or training)
        chart = chart_of(means_of(usual.values, usual, hints.span)[usual.asked], centered=True)
        return cls(1.0, chart, hints.span).settled(training, hints)

    def raw(self, watched: Watched) -> NDArray[np.float64]:
        """The distance of the means."""
        return _distance(self.chart, means_of(watched.values, watched, self.span))


@dataclass(frozen=True)
class ChangeChart(Detector):
    """A control chart of the changes from step to step: the errors of a naive forecast.

    Args:
        threshold: its raw score from which on a step is an anomaly.
        chart: where running means of the changes usually are.
        span: steps over which changes are averaged, about.
    """

    chart: Chart
    span: int
    name: ClassVar[str] = "changes"
    title: ClassVar[str] = "a control chart of the changes"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self:
        """Measure where the means usually are."""
        usual = Watched.of(hints.choosing or training)
        chart = chart_of(means_of(usual.values - usual.before, usual, hints.span)[usual.asked], centered=True)
        return cls(1.0, chart, hints.span).settled(training, hints)

    def raw(self, watched: Watched) -> NDArray[np.float64]:
        """The distance of the means."""
        return _distance(self.chart, means_of(watched.values - watched.before, watched, self.span))


def _distance(chart: Chart, means: NDArray[np.float32]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.sqrt(np.maximum(chart.parts(means).sum(axis=1), 0.0))
    return found
