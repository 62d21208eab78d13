"""The trial of events: which type comes next, when, and with which attributes."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives import decoded
from seqloom.errors import DataError
from seqloom.evaluate.example_errors import log_losses, mistakes
from seqloom.evaluate.trial import LOG_LOSS, MISTAKES, Measured
from seqloom.prepare import EventTargets, Examples, Pipeline, asked_events
from seqloom.score import class_metrics
from seqloom.sequence import Category, EventPrediction, EventTruth, Number

BLOCK = 20
"""Neighbouring events that depend on each other: what one tells of the next is mostly gone after as many."""
MEDIAN = 0.5


@dataclass(frozen=True)
class EventTrial:
    """Test events that follow others.

    Args:
        examples: one for each event, what came before it.
        prediction: what the model answered for them.
        targets: the fitted columns of an event.
    """

    examples: Examples
    prediction: EventPrediction
    targets: EventTargets

    @classmethod
    def of(cls, prediction: EventPrediction, examples: Examples, pipeline: Pipeline) -> "EventTrial":
        """The trial of these sequences.

        Raises:
            DataError: the prediction has another number of events.
            TypeError: the pipeline prepares another task.
        """
        if not isinstance(pipeline.targets, EventTargets):
            raise TypeError(type(pipeline.targets))
        asked = asked_events(examples)
        if len(prediction) != len(asked):
            fix = "judge the prediction of the same examples"
            raise DataError("prediction", expected=f"{len(asked)} events", came=str(len(prediction)), fix=fix)
        return cls(asked, prediction, pipeline.targets)

    @property
    def block(self) -> int:
        """Events of one sequence depend on each other."""
        return BLOCK

    @cached_property
    def truth(self) -> EventTruth:
        """What came, in the units of the data."""
        return self.targets.truth(self.examples)

    def model(self) -> Measured:
        """Metrics of the model's distributions."""
        return measured_events(self.prediction, self.truth)

    def alternative(self, answers: NDArray[np.float64]) -> Measured:
        """Metrics of an alternative's distributions, as `decoded` reads them from its answers."""
        outputs = decoded(answers, self.targets.shape)
        prediction = self.targets.prediction(outputs, self.examples, self.prediction.interval)
        return measured_events(prediction, self.truth)


def measured_events(prediction: EventPrediction, truth: EventTruth) -> Measured:
    """Metrics of one set of distributions, and their mistakes and log losses about the type, event by event.

    Metrics are those of classes for the type; `gap_nll`, minus the mean logarithm of a gap's probability or density,
    `gap_mae`, the mean distance of the median from the gap, and `gap_coverage`, the share of gaps within the interval;
    for a number attribute its `_mae`, for a category attribute its `_accuracy`.
    """
    metrics = class_metrics(prediction.probabilities, truth.types)
    if prediction.gaps is not None and truth.gaps is not None:
        low, middle, high = (prediction.gaps.quantile(level) for level in _levels(prediction))
        known = ~np.isnan(truth.gaps)
        inside = (low <= truth.gaps) & (truth.gaps <= high)
        metrics["gap_nll"] = -float(prediction.gaps.log_likelihood(truth.gaps)[known].mean())
        metrics["gap_mae"] = float(np.abs(middle - truth.gaps)[known].mean())
        metrics["gap_coverage"] = float(inside[known].mean())
    for name, attribute in prediction.attributes.items():
        metrics |= _of_attribute(name, attribute, truth)
    numbers = prediction.probabilities.argmax(axis=1)
    errors = {
        MISTAKES: mistakes(numbers, truth.types),
        LOG_LOSS: log_losses(prediction.probabilities, truth.types),
    }
    return Measured(metrics=metrics, errors=errors)


def _levels(prediction: EventPrediction) -> tuple[float, float, float]:
    low, high = prediction.levels
    return low, MEDIAN, high


def _of_attribute(name: str, attribute: Number | Category, truth: EventTruth) -> dict[str, float]:
    """The error of one attribute; nothing where no event has a known one."""
    if isinstance(attribute, Category):
        labels = truth.categories[name]
        known = labels >= 0
        right = attribute.probabilities.argmax(axis=1) == labels
        return {f"{name}_accuracy": float(right[known].mean())} if known.any() else {}
    distance = np.abs(attribute.mean - truth.numbers[name])
    known = ~np.isnan(distance)
    return {f"{name}_mae": float(distance[known].mean())} if known.any() else {}
