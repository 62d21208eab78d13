"""Simple methods of anomalies as models."""

import numpy as np
import torch
from torch import Tensor

from seqloom.alternatives import Alternative
from seqloom.model import AnomalyModel, InputSizes, ModelSettings, anomaly_prediction
from seqloom.prepare import Examples, Pipeline
from seqloom.sequence import AnomalyPrediction, Array
from seqloom.simple.model import SimpleModel
from seqloom.usual import Chart


class SimpleAnomaly(SimpleModel):
    """A simple detector; its threshold is measured on the validation part, as that of a network is."""

    network = AnomalyModel
    threshold: Tensor
    """What its scores are divided by."""

    def __init__(self, settings: ModelSettings, sizes: InputSizes, alternative: Alternative) -> None:
        super().__init__(settings, sizes, alternative)
        self.register_buffer("threshold", torch.tensor(1.0, dtype=torch.float64))

    def measure(self, chart: Chart | None, threshold: float) -> None:  # noqa: ARG002 - as a network's
        """Take the score from which on a step is an anomaly."""
        self.threshold.fill_(threshold)

    def at_once(self, examples: Examples, *, ends: bool = False) -> dict[str, Array]:
        """`score` [N], and `parts` and `expected` [N, C], of which nothing is known; of all steps, or the last ones."""
        lengths = (examples.stop - examples.start).astype(np.int64)
        scores = self.asked(examples, int(lengths.sum())) / float(self.threshold)
        scores = scores[np.cumsum(lengths) - 1] if ends else scores
        unknown = np.full((len(scores), self.sizes.targets), np.nan)
        return {"score": scores, "parts": unknown, "expected": unknown}

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> AnomalyPrediction:
        """Scores of the rows that are asked."""
        return anomaly_prediction(outputs, pipeline, examples)
