"""Simple regressions as models."""

from dataclasses import replace

import numpy as np

from seqloom.model import RegressModel, value_prediction
from seqloom.prepare import Examples, Pipeline
from seqloom.sequence import Array, ValuePrediction, spans
from seqloom.simple.model import SimpleModel


class SimpleRegress(SimpleModel):
    """A simple regression of whole sequences; with a value per step, of every beginning of them.

    So a step is answered by what was known there. A sequence of `T` steps has `T` beginnings, and its answers take time
    in proportion to the square of its length.
    """

    network = RegressModel

    def at_once(self, examples: Examples, *, ends: bool = False) -> dict[str, Array]:
        """`values`: [E, C], or [N, C] of every step."""
        if self.sizes.per_step and not ends:
            examples = beginnings(examples)
        return {"values": self.asked(examples, len(examples), self.sizes.targets)}

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> ValuePrediction:
        """Values in the units of the data; with a value per step, one row per step."""
        return value_prediction(outputs, pipeline, examples, per_step=self.sizes.per_step)


def beginnings(examples: Examples) -> Examples:
    """Every beginning of every example, the shortest first, one example after the other."""
    lengths = (examples.stop - examples.start).astype(np.int64)
    owner = np.repeat(np.arange(len(examples)), lengths)
    stop = examples.start[owner] + spans(np.zeros_like(lengths), lengths) + 1
    return replace(
        examples, sequence=examples.sequence[owner], start=examples.start[owner], stop=stop, warm=None, carried=False
    )
