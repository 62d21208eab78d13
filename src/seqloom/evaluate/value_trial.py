"""The trial of values: one per sequence, or one at each of its labelled steps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.evaluate.example_errors import squared_errors
from seqloom.evaluate.trial import SQUARED_ERROR, Measured
from seqloom.prepare import Examples, Pipeline, labelled_prefixes
from seqloom.score import life_metrics, value_metrics
from seqloom.sequence import ValuePrediction

STEPS_PER_SEQUENCE = 32
"""Labelled steps of a sequence a model with a value per step is measured at."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class ValueTrial:
    """Test sequences with values each, or beginnings of them that end at a labelled step.

    Remaining life is also judged at the last labelled step of each sequence alone, as benchmarks of it are.

    Args:
        examples: sequences or beginnings of sequences; the answer is asked for at the last step of each.
        values: what the model answered, in the units of the data, [E, C].
        pipeline: the fitted preparation.
        block: examples that belong to one sequence, at most.
    """

    examples: Examples
    values: Matrix
    pipeline: Pipeline
    block: int = 1

    @classmethod
    def of(
        cls,
        prediction: ValuePrediction,
        examples: Examples,
        pipeline: Pipeline,
        per_sequence: int = STEPS_PER_SEQUENCE,
    ) -> "ValueTrial":
        """The trial of these sequences.

        With a value per step the model is measured at up to `per_sequence` evenly spaced labelled steps of each
        sequence, the last labelled one always among them.

        Args:
            prediction: what the model answered: a row per sequence, or per step where targets have a value per step.
            examples: whole sequences.
            pipeline: the fitted preparation.
            per_sequence: labelled steps of a sequence to measure at; 1: only the last labelled one, as benchmarks of
                remaining life do.

        Raises:
            DataError: the prediction has another number of rows.
        """
        per_step = examples.prepared.per_step_target
        lengths = examples.stop - examples.start if per_step else np.ones(len(examples), dtype=np.int64)
        if len(prediction.values) != lengths.sum():
            raise DataError(
                "prediction",
                expected=f"{lengths.sum()} rows, one per {'step' if per_step else 'sequence'}",
                came=str(len(prediction.values)),
                fix="judge the prediction of the same examples",
            )
        if not per_step:
            return cls(examples, prediction.values, pipeline)
        prefixes, owner = labelled_prefixes(examples, per_sequence)
        rows = (np.cumsum(lengths) - lengths)[owner] + prefixes.stop - 1 - prefixes.start
        return cls(prefixes, prediction.values[rows], pipeline, int(np.bincount(owner, minlength=1).max()))

    def model(self) -> Measured:
        """Metrics of the model's values."""
        return self._measured(self.pipeline.scale_targets(self.values, self.examples.keys()))

    def alternative(self, answers: Matrix) -> Measured:
        """Metrics of values in scaled units, [E, C]."""
        if self.examples.prepared.ending is None:
            return self._measured(answers)
        keys = self.examples.keys()  # lives stay within their bounds, as those of a model do
        return self._measured(self.pipeline.scale_targets(self.pipeline.invert_targets(answers, keys), keys))

    def _measured(self, scaled: Matrix) -> Measured:
        known, keys = self.examples.truth().astype(np.float64), self.examples.keys()
        values, truth = (self.pipeline.invert_targets(each, keys) for each in (scaled, known))
        own = life_metrics(values, truth, self.examples.sequence) if self.examples.prepared.ending else {}
        return Measured(
            metrics=value_metrics(values, truth) | own,
            scaled=value_metrics(scaled, known),
            errors={SQUARED_ERROR: squared_errors(scaled, known)},
        )
