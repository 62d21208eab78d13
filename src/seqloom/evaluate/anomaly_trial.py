"""The trial of anomalies: scores of all steps beside what is known of them afterwards."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.evaluate.trial import BALANCED, Measured
from seqloom.prepare import Examples, asked_rows
from seqloom.score import Events, anomaly_metrics
from seqloom.sequence import AnomalyPrediction


@dataclass(frozen=True)
class AnomalyTrial:
    """Test steps with marks.

    Args:
        examples: whose asked steps are judged.
        prediction: what the model answered for them.
        quiet: steps without an alarm after which an event is over.

    Raises:
        DataError: nothing is marked, or the prediction has another number of steps.
    """

    examples: Examples
    prediction: AnomalyPrediction
    quiet: int

    def __post_init__(self) -> None:
        if len(self.prediction.scores) != len(self._asked[0]) or self.examples.prepared.marks is None:
            came, fix = str(len(self.prediction.scores)), "judge the prediction of the same examples"
            raise DataError("prediction", expected=f"{len(self._asked[0])} marked steps", came=came, fix=fix)

    @cached_property
    def _asked(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        return asked_rows(self.examples)

    @cached_property
    def truth(self) -> NDArray[np.float64]:
        """1 at an anomaly, 0 elsewhere, NaN where nothing is known, [N]."""
        found: NDArray[np.float64] = np.asarray(self.examples.prepared.marks)[self._asked[1]].astype(np.float64)
        return found

    @property
    def block(self) -> int:
        """See `stretch_of`."""
        return stretch_of(self.truth, self._asked[2])

    def model(self) -> Measured:
        """Metrics of the model's scores."""
        return self._measured(self.prediction.scores)

    def alternative(self, answers: NDArray[np.float64]) -> Measured:
        """Metrics of scores of all steps of the examples, [rows]."""
        return self._measured(answers[self._asked[0]])

    def _measured(self, scores: NDArray[np.float64]) -> Measured:
        metrics = anomaly_metrics(scores, self.truth, self._asked[2], quiet=self.quiet)
        return Measured(metrics=metrics, errors={BALANCED: balanced_mistakes(scores > 1, self.truth)})


def stretch_of(truth: NDArray[np.float64], sequence: NDArray[np.int64]) -> int:
    """Steps of a stretch that is all usual or all strange, on average: they are found or missed together.

    Args:
        truth: 1 at an anomaly, 0 elsewhere, NaN where nothing is known, [N].
        sequence: which sequence each step is of, in order, [N].

    Example:
        >>> stretch_of(np.array([0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]), np.zeros(9, int))
        3
    """
    return max(1, len(truth) // (2 * len(Events.of(truth > 0, sequence)) + 1))


def balanced_mistakes(alarms: NDArray[np.bool_], truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """A mistake's weight, 0 where there is none: all anomalies together weigh as much as all usual steps.

    Args:
        alarms: of each step, [N].
        truth: 1 at an anomaly, 0 elsewhere, NaN where nothing is known, [N].

    Example:
        >>> balanced_mistakes(np.array([False, True, True, False]), np.array([1.0, 0.0, 0.0, 0.0])).round(3).tolist()
        [2.0, 0.667, 0.667, 0.0]
    """
    known, strange = np.isfinite(truth), truth > 0
    counts = np.array([(known & ~strange).sum(), strange.sum()])
    present = counts[counts > 0]
    weights = known.sum() / (len(present) * np.maximum(counts, 1)) if len(present) else np.ones(2)
    wrong = np.where(alarms != strange, weights[strange.astype(np.int64)], 0.0)
    return np.where(known, wrong, np.nan)
