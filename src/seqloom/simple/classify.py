"""Simple classifiers as models."""

from typing import ClassVar

import torch
from torch import Tensor

from seqloom.alternatives import Alternative
from seqloom.model import ClassifyModel, InputSizes, ModelSettings, class_prediction
from seqloom.prepare import Examples, Pipeline
from seqloom.sequence import Array, ClassPrediction
from seqloom.simple.model import SimpleModel, tempered


class SimpleClassify(SimpleModel):
    """A simple classifier; temperature and threshold are chosen on the validation part, as those of a network are."""

    network = ClassifyModel
    heard: ClassVar[tuple[str, ...]] = ("threshold",)
    temperature: Tensor
    """What the logarithms of the probabilities are divided by."""
    threshold: Tensor
    """Probability of the second of two classes from which on it is predicted."""

    def __init__(self, settings: ModelSettings, sizes: InputSizes, alternative: Alternative) -> None:
        super().__init__(settings, sizes, alternative)
        self.binary = len(sizes.classes) == 2  # noqa: PLR2004 - two classes have a threshold between them
        self.register_buffer("temperature", torch.tensor(1.0, dtype=torch.float64))
        self.register_buffer("threshold", torch.tensor(0.5, dtype=torch.float64))

    def at_once(self, examples: Examples, *, ends: bool = False) -> dict[str, Array]:  # noqa: ARG002 - there are no steps
        """`probabilities` of the classes, [E, K]."""
        probabilities = self.asked(examples, len(examples), len(self.sizes.classes))
        return {"probabilities": tempered(probabilities, float(self.temperature))}

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> ClassPrediction:
        """The most probable class; of two, the second from the threshold on."""
        return class_prediction(outputs, pipeline, examples, float(self.threshold))
