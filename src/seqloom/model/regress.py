"""Values: one for a whole sequence, or one at every step."""

import numpy as np
import torch
from torch import Tensor

from seqloom.loss import huber, mae, mse
from seqloom.model.members import Members, mean_loss
from seqloom.model.model import Asked, Carried, Chosen, Facts, SequenceModel
from seqloom.model.network import Network
from seqloom.model.sequence_defaults import choose_for_sequences
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.nn import State
from seqloom.prepare import Examples, Pipeline
from seqloom.sequence import Array, Batch, ValuePrediction, spans

LOSSES = {"mse": mse, "mae": mae, "huber": huber}


class RegressModel(SequenceModel):
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

    def _values(self, batch: Batch) -> Tensor:
        """Values [N, C] of every row, or [B, C] of every sequence."""
        _, outputs = self.members(None, batch)
        return torch.stack(outputs).mean(dim=0)

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """The mean loss over all known target values."""
        state, outputs = self.members(state, batch)
        return mean_loss(lambda values: LOSSES[self.settings.loss](values, batch.target), outputs), state

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """The loss summed over all known target values."""
        terms = int(torch.isfinite(batch.target).sum())
        loss = LOSSES[self.settings.loss](self._values(batch), batch.target)
        return (float(loss.detach()) * terms if terms else 0.0), terms

    def predict(self, batch: Batch) -> dict[str, Tensor]:
        """`values`: [B, C] of every sequence, or [N, C] of every packed row."""
        return {"values": self._values(batch)}

    @property
    def reach(self) -> int | None:
        """Nothing but what is carried, unless a network reads backwards or whole sequences at once."""
        return self.members.reach

    def begin(self, count: int) -> Carried:
        """What the networks carry before the first step."""
        return self.members.begin(count)

    def read_on(self, batch: Batch, carried: Carried, asked: Asked) -> tuple[dict[str, Tensor], Carried]:
        """`values` of all steps up to those asked for, or of these, [M, C]."""
        carried, outputs = self.members.read_on(carried, batch, asked)
        return {"values": torch.stack(outputs).mean(dim=0)}, carried

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> ValuePrediction:
        """Values in the units of the data; with a value per step, one row per step."""
        keys, steps = examples.keys(), None
        if self.sizes.per_step:
            lengths = examples.stop - examples.start
            keys = np.repeat(keys, lengths)
            steps = spans(np.zeros_like(lengths), lengths) + 1
        values = pipeline.invert_targets(outputs["values"], keys)
        return ValuePrediction(values, examples.prepared.target_names, keys, steps)
