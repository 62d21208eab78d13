"""Scores of steps beside their values and what is known of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.score import Events
from seqloom.sequence import AnomalyPrediction, Array

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class InjectedOutcome:
    """How anomalies that were put in were found.

    Args:
        kinds: of each step the number of the kind of its anomaly, -1 for none, [N].
        scores: of each step of the altered data, [N].
    """

    kinds: NDArray[np.int64]
    scores: Floats


@dataclass(frozen=True)
class AnomalyOutcome:
    """Scores of steps beside their values and what is known of them.

    Args:
        prediction: scores and reasons of N steps.
        values: of the watched columns, in the units of the data, [N, C].
        marks: 1 at an anomaly, 0 elsewhere, NaN where nothing is known, [N].
        quiet: steps without an alarm after which an event is over.
        false_alarms: share of usual steps that may be alarms, as the threshold was chosen.
        injected: how anomalies that were put in were found; None: there are marks.
    """

    prediction: AnomalyPrediction
    values: Floats
    marks: Floats
    quiet: int
    false_alarms: float
    injected: InjectedOutcome | None = None

    @cached_property
    def sequence(self) -> NDArray[np.int64]:
        """Which sequence each step belongs to, counted in the order of the steps, [N]."""
        return np.cumsum(np.append(True, np.diff(self.prediction.steps) != 1)) - 1

    @cached_property
    def events(self) -> Events:
        """Events of alarms."""
        return Events.of(self.prediction.alarms, self.sequence, self.quiet)

    @cached_property
    def anomalies(self) -> Events:
        """What is marked."""
        return Events.of(self.marks > 0, self.sequence)

    @property
    def times(self) -> Array:
        """Where each step is: its time, or its number, [N]."""
        return self.prediction.steps if self.prediction.times is None else self.prediction.times

    def peak(self, event: int) -> int:
        """The step of an event with the highest score."""
        first, last = int(self.events.first[event]), int(self.events.last[event])
        return first + int(self.prediction.scores[first : last + 1].argmax())

    def highest(self, count: int) -> list[int]:
        """The events with the highest scores, the highest first."""
        peaks = np.array([self.prediction.scores[self.peak(event)] for event in range(len(self.events))])
        found: list[int] = np.argsort(-peaks, kind="stable")[:count].tolist()
        return found
