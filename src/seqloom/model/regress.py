"""Values: one for a whole sequence, or one at every step."""

import numpy as np
import torch
from torch import Tensor

from seqloom.loss import huber, mae, mse
from seqloom.model.members import Members, MembersModel, mean_loss
from seqloom.model.model import Chosen, Facts
from seqloom.model.network import Network
from seqloom.model.sequence_defaults import choose_for_sequences
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.nn import State
from seqloom.prepare import Examples, Pipeline
from seqloom.sequence import Array, Batch, ValuePrediction, spans

LOSSES = {"mse": mse, "mae": mae, "huber": huber}


class RegressModel(MembersModel):
    """The mean of the values of one or more networks, for each sequence or each of its steps."""

    task = "regress"
    by_steps = False
    target_kind = "values"

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__(settings, sizes)
        self.members = Members(lambda: Network(settings, sizes, sizes.targets), settings.members or 1)

    @classmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """As for classes; values at every step are read in one direction, since the future is not known there."""
        return choose_for_sequences(settings, facts, per_step=facts.per_step)

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """The mean loss over all known target values."""
        state, outputs = self.members(state, batch)
        return mean_loss(lambda values: LOSSES[self.settings.loss](values, batch.target), outputs), state

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """The loss summed over all known target values."""
        terms = int(torch.isfinite(batch.target).sum())
        loss = LOSSES[self.settings.loss](self.predict(batch)["values"], batch.target)
        return (float(loss.detach()) * terms if terms else 0.0), terms

    def together(self, outputs: list[Tensor]) -> dict[str, Tensor]:
        """`values`: [B, C] of every sequence, or [N, C] of every packed row."""
        return {"values": torch.stack(outputs).mean(dim=0)}

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> ValuePrediction:
        """Values in the units of the data; with a value per step, one row per step."""
        return value_prediction(outputs, pipeline, examples, per_step=self.sizes.per_step)


def value_prediction(
    outputs: dict[str, Array], pipeline: Pipeline, examples: Examples, *, per_step: bool
) -> ValuePrediction:
    """Values in the units of the data.

    Args:
        outputs: `values`, scaled, [E, C]; with a value per step [N, C], one example after the other.
        pipeline: the fitted preparation.
        examples: what was predicted.
        per_step: whether there is a value per step.
    """
    keys, steps = examples.keys(), None
    if per_step:
        lengths = examples.stop - examples.start
        keys = np.repeat(keys, lengths)
        steps = spans(np.zeros_like(lengths), lengths) + 1
    values = pipeline.invert_targets(outputs["values"], keys)
    return ValuePrediction(values, examples.prepared.target_names, keys, steps)
