"""The trial of tags: a class for each step of a sequence."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.evaluate.example_errors import log_losses, mistakes
from seqloom.evaluate.trial import LOG_LOSS, MISTAKES, Measured
from seqloom.prepare import Examples, covered_rows
from seqloom.score import cost_of, lead_metrics, tag_metrics, warnings_of
from seqloom.sequence import FailsWithin, TagPrediction


@dataclass(frozen=True)
class TagTrial:
    """Test sequences with a class for each step; where these are failures, the warnings before them are judged, too.

    Args:
        examples: the sequences.
        prediction: what the model answered for them.
        miss_cost: what a step of the second class that is missed costs, in false alarms; None: nobody said.

    Raises:
        DataError: the prediction has another number of steps.
    """

    examples: Examples
    prediction: TagPrediction
    miss_cost: float | None = None

    def __post_init__(self) -> None:
        if len(self.prediction.labels) != len(self.rows):
            raise DataError(
                "prediction",
                expected=f"{len(self.rows)} rows, one per step",
                came=str(len(self.prediction.labels)),
                fix="judge the prediction of the same examples",
            )

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """The steps of all sequences, one sequence after the other, [N]."""
        return covered_rows(self.examples)

    @cached_property
    def truth(self) -> NDArray[np.int64]:
        """Class numbers, -1 where unlabelled, -2 for a class nobody learned, [N]."""
        numbers: NDArray[np.int64] = self.examples.prepared.targets[self.rows]
        return numbers

    @property
    def block(self) -> int:
        """Steps of the sequence in which a step lies, on average: those are the ones that depend on each other."""
        lengths = (self.examples.stop - self.examples.start).astype(np.float64)
        return max(1, round(float((lengths**2).sum() / lengths.sum())))

    def model(self) -> Measured:
        """Metrics of the model's probabilities and labels."""
        places = {label: number for number, label in enumerate(self.prediction.classes)}
        numbers = np.array([places[str(label)] for label in self.prediction.labels.tolist()], dtype=np.int64)
        return self._measured(self.prediction.probabilities, numbers)

    def alternative(self, answers: NDArray[np.float64]) -> Measured:
        """Metrics of probabilities [N, K]; the most probable class is the answer, or the one that costs least."""
        if self.miss_cost is None:
            return self._measured(answers, answers.argmax(axis=1))
        return self._measured(answers, (answers[:, 1] >= 1 / (1 + self.miss_cost)).astype(np.int64))

    def _measured(self, probabilities: NDArray[np.float64], numbers: NDArray[np.int64]) -> Measured:
        words = self.examples.prepared.words
        owner = np.repeat(np.arange(len(self.examples)), self.examples.stop - self.examples.start)
        new = None if words is None else words.new(self.rows)
        wrong = np.where(self.truth < -1, 1.0, mistakes(numbers, self.truth))
        metrics, ending = tag_metrics(probabilities, numbers, self.truth, owner, new), self.examples.prepared.ending
        if self.miss_cost is not None:
            metrics["cost"] = cost_of(numbers, self.truth, self.miss_cost)
        if isinstance(ending, FailsWithin):
            found = warnings_of(numbers == 1, self.truth, owner, ending.within)
            metrics.pop("sequences_right", None)  # no alarm is right to the step
            metrics |= lead_metrics(found, ending.within)
        return Measured(
            metrics=metrics,
            errors={MISTAKES: wrong, LOG_LOSS: log_losses(probabilities, self.truth)},
        )
