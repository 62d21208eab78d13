"""The trial of frames: the likelihood of whole sequences, frame by frame."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.evaluate.trial import NATS, Measured
from seqloom.prepare import Examples, covered_rows
from seqloom.score import entry_nats, frame_metrics
from seqloom.sequence import FramePrediction

Matrix = NDArray[np.float64]
BLOCK = 1


@dataclass(frozen=True)
class FrameTrial:
    """Test sequences whose frames are known.

    Args:
        examples: whole sequences.
        prediction: what the model answered, a row per frame.
    """

    examples: Examples
    prediction: FramePrediction

    @property
    def block(self) -> int:
        """Sequences stand for themselves."""
        return BLOCK

    @cached_property
    def truth(self) -> Matrix:
        """The frames, [N, K]."""
        return self.examples.prepared.targets[covered_rows(self.examples)].astype(np.float64)

    def model(self) -> Measured:
        """What the model's logits came to.

        Raises:
            DataError: the prediction has another number of frames.
        """
        return self.alternative(self.prediction.logits)

    def alternative(self, answers: Matrix) -> Measured:
        """What logits of each entry, [N, K], came to; the errors are nats per frame, one of each sequence."""
        if answers.shape != self.truth.shape:
            came = f"shape {list(answers.shape)}"
            expected = f"a logit for each entry, {list(self.truth.shape)}"
            raise DataError("prediction", expected=expected, came=came, fix="judge the prediction of the same examples")
        lengths = (self.examples.stop - self.examples.start).astype(np.int64)
        starts = np.cumsum(lengths) - lengths
        first = np.zeros(len(self.truth), dtype=np.bool_)
        first[starts] = True
        nats = entry_nats(answers, self.truth).sum(axis=1)
        errors = np.add.reduceat(nats, starts) / lengths
        return Measured(metrics=frame_metrics(answers, self.truth, first), errors={NATS: errors})
