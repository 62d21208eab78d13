"""Simple taggers as models."""

from typing import ClassVar

import numpy as np
import torch
from torch import Tensor

from seqloom.alternatives import Alternative
from seqloom.model import InputSizes, ModelSettings, TagModel, has_threshold, tag_prediction, threshold_of
from seqloom.prepare import Examples, Pipeline
from seqloom.sequence import Array, TagPrediction
from seqloom.simple.model import SimpleModel, tempered


class SimpleTag(SimpleModel):
    """A simple tagger; temperature and threshold are chosen on the validation part, as those of a network are."""

    network = TagModel
    heard: ClassVar[tuple[str, ...]] = ("threshold",)
    chain = None
    """Steps are tagged one by one."""
    temperature: Tensor
    """What the logarithms of the probabilities are divided by."""

    def __init__(self, settings: ModelSettings, sizes: InputSizes, alternative: Alternative) -> None:
        super().__init__(settings, sizes, alternative)
        self.register_buffer("temperature", torch.tensor(1.0, dtype=torch.float64))
        if has_threshold(settings, sizes):
            self.register_buffer("threshold", torch.tensor(0.5, dtype=torch.float64))

    def at_once(self, examples: Examples, *, ends: bool = False) -> dict[str, Array]:
        """`probabilities` of the classes, [N, K] of every step, or of the last ones."""
        lengths = (examples.stop - examples.start).astype(np.int64)
        probabilities = self.asked(examples, int(lengths.sum()), len(self.sizes.classes))
        if ends:
            probabilities = probabilities[np.cumsum(lengths) - 1]
        return {"probabilities": tempered(probabilities, float(self.temperature))}

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> TagPrediction:
        """The most probable class of each step; of two, the second from the threshold on."""
        return tag_prediction(outputs, pipeline, examples, threshold_of(self))
