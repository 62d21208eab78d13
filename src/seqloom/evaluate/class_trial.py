"""The trial of classes."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives import Alternative
from seqloom.evaluate.example_errors import log_losses, mistakes
from seqloom.evaluate.trial import COST, LOG_LOSS, MISTAKES, Measured
from seqloom.prepare import Examples
from seqloom.score import cheapest_threshold, class_metrics, cost_of
from seqloom.sequence import ClassPrediction

BLOCK = 1


@dataclass(frozen=True)
class ClassTrial:
    """Test sequences with a class each.

    Args:
        examples: the sequences.
        prediction: what the model answered for them.
        threshold: probability from which on the model chooses the second of two classes.
        miss_cost: what a missed second class costs, in false alarms; None: nobody said.
        choosing: examples that an alternative's own threshold is chosen by, as the model's was; None: there are none.
        cheapest: that threshold; None: the one that is cheapest where probabilities are true.
    """

    examples: Examples
    prediction: ClassPrediction
    threshold: float | None = None
    miss_cost: float | None = None
    choosing: Examples | None = None
    cheapest: float | None = None

    @property
    def block(self) -> int:
        """Sequences stand for themselves."""
        return BLOCK

    @cached_property
    def truth(self) -> NDArray[np.int64]:
        """Class numbers, -1 where unlabelled, [E]."""
        return self.examples.truth()

    def model(self) -> Measured:
        """Metrics of the model's probabilities, mistakes of its labels."""
        places = {label: number for number, label in enumerate(self.prediction.classes)}
        numbers = np.array([places[str(label)] for label in self.prediction.labels.tolist()], dtype=np.int64)
        return self._measured(self.prediction.probabilities, numbers, self.threshold)

    def choosing_for(self, alternative: Alternative) -> "ClassTrial":
        """The same with the threshold that is cheapest for one alternative, where a cost was said."""
        if self.miss_cost is None or self.choosing is None:
            return self
        stated = np.asarray(alternative.predict(self.choosing), np.float64)
        return replace(self, cheapest=cheapest_threshold(stated, self.choosing.truth(), self.miss_cost))

    def alternative(self, answers: NDArray[np.float64]) -> Measured:
        """Metrics of probabilities [E, K]; the most probable class is the answer, or the one that costs least."""
        if self.miss_cost is None:
            return self._measured(answers, answers.argmax(axis=1))
        threshold = 1 / (1 + self.miss_cost) if self.cheapest is None else self.cheapest
        return self._measured(answers, (answers[:, 1] >= threshold).astype(np.int64), threshold)

    def _measured(
        self, probabilities: NDArray[np.float64], numbers: NDArray[np.int64], threshold: float | None = None
    ) -> Measured:
        metrics = class_metrics(probabilities, self.truth, threshold)
        errors = {MISTAKES: mistakes(numbers, self.truth), LOG_LOSS: log_losses(probabilities, self.truth)}
        if self.miss_cost is None:
            return Measured(metrics=metrics, errors=errors)
        metrics["cost"] = cost_of(numbers, self.truth, self.miss_cost)
        costs = errors[MISTAKES] * np.where(self.truth == 1, self.miss_cost, 1.0)
        return Measured(metrics=metrics, errors={COST: costs, **errors}, decides=COST)
