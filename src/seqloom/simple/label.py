"""Simple labellers as models."""

from typing import ClassVar

import numpy as np
import torch
from torch import Tensor

from seqloom.alternatives import Alternative, EachLabel
from seqloom.model import InputSizes, LabelModel, ModelSettings, label_prediction
from seqloom.prepare import Examples, Pipeline
from seqloom.sequence import Array, LabelPrediction
from seqloom.simple.model import SimpleModel, tempered


class SimpleLabel(SimpleModel):
    """A simple labeller; its temperature and thresholds are chosen on the validation part, as those of a network are.

    The most frequent set of labels has no thresholds: it says itself which labels it gives.
    """

    network = LabelModel
    heard: ClassVar[tuple[str, ...]] = ("threshold",)
    temperature: Tensor
    """What the log-odds of all labels are divided by."""
    thresholds: Tensor
    """Probability from which on each label is given, [K]."""

    def __init__(self, settings: ModelSettings, sizes: InputSizes, alternative: Alternative) -> None:
        super().__init__(settings, sizes, alternative)
        self.register_buffer("temperature", torch.tensor(1.0, dtype=torch.float64))
        self.register_buffer("thresholds", torch.full((len(sizes.classes),), 0.5, dtype=torch.float64))

    def at_once(self, examples: Examples, *, ends: bool = False) -> dict[str, Array]:  # noqa: ARG002 - there are no steps
        """`probabilities` of the labels, and which are `given` where thresholds do not say so, [E, K] each."""
        answer = self.asked(examples, len(examples), len(self.sizes.classes), 2)
        yes = answer[..., 0].reshape(-1)
        probabilities = tempered(np.stack([1 - yes, yes], axis=1), float(self.temperature))[:, 1]
        found = {"probabilities": probabilities.reshape(answer.shape[:2])}
        return found if isinstance(self.alternative, EachLabel) else {**found, "given": answer[..., 1]}

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> LabelPrediction:
        """Every label from its threshold on, or those that the method gives."""
        return label_prediction(outputs, pipeline, examples, self.thresholds.numpy())
