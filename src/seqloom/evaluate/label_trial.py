"""The trial of sequences with any number of labels."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.evaluate.trial import LOG_LOSS, Measured
from seqloom.prepare import Examples
from seqloom.score import label_losses, label_metrics
from seqloom.sequence import LabelPrediction

BLOCK = 1
WRONG_LABELS = "wrong labels"

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class LabelTrial:
    """Test sequences with their labels.

    Args:
        examples: the sequences.
        prediction: what the model answered for them.
    """

    examples: Examples
    prediction: LabelPrediction

    @property
    def block(self) -> int:
        """Sequences stand for themselves."""
        return BLOCK

    @cached_property
    def truth(self) -> Matrix:
        """1 where a sequence has a label, 0 where not, NaN where that is unknown, [E, K]."""
        return self.examples.truth().astype(np.float64)

    def model(self) -> Measured:
        """Metrics of the model's probabilities and of its labels, each from its threshold on."""
        return self._measured(self.prediction.probabilities, self.prediction.chosen)

    def alternative(self, answers: Matrix) -> Measured:
        """Metrics of answers [E, K, 2]: the probability of each label, and 1 where it is given."""
        return self._measured(answers[:, :, 0], answers[:, :, 1] == 1)

    def _measured(self, probabilities: Matrix, chosen: NDArray[np.bool_]) -> Measured:
        wrong = (chosen != (self.truth == 1)).astype(np.float64)
        errors = {
            WRONG_LABELS: _means(np.where(np.isfinite(self.truth), wrong, np.nan)),
            LOG_LOSS: _means(label_losses(probabilities, self.truth)),
        }
        return Measured(metrics=label_metrics(probabilities, chosen, self.truth), errors=errors)


def _means(errors: Matrix) -> Matrix:
    """The mean of each row over what is known, [E]; NaN where nothing is.

    Example:
        >>> _means(np.array([[1.0, np.nan], [np.nan, np.nan]])).tolist()
        [1.0, nan]
    """
    known = np.isfinite(errors)
    means: Matrix = np.full(len(errors), np.nan)
    counts = known.sum(axis=1)
    np.divide(np.where(known, errors, 0.0).sum(axis=1), counts, out=means, where=counts > 0)
    return means
