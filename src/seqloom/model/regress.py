"""Values: one for a whole sequence, or one at every step."""

import numpy as np
import torch
from torch import Tensor, nn

from seqloom.model.encoder import Encoder
from seqloom.model.model import Chosen, Facts, SequenceModel
from seqloom.model.pooled import PooledEncoder, choose_for_sequences
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.nn import State
from seqloom.prepare import Examples, Part, Pipeline, Split, sequences, whole_sequences
from seqloom.score import huber, mae, mse
from seqloom.sequence import Array, Batch, PreparedDataset, ValuePrediction, spans

LOSSES = {"mse": mse, "mae": mae, "huber": huber}


class RegressModel(SequenceModel):
    """A linear read-out of the summary of a sequence; of every hidden row where targets have a value per step."""

    task = "regress"
    by_steps = False
    target_kind = "values"

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__(settings, sizes)
        self.body: Encoder | PooledEncoder
        self.body = Encoder(settings, sizes, sizes.numbers) if sizes.per_step else PooledEncoder(settings, sizes)
        self.dropout = nn.Dropout((settings.dropout or 0.0) if sizes.per_step else 0.0)
        self.head = nn.Linear(self.body.output_size, sizes.targets)

    @classmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """As for classes; values at every step are read in one direction, since the future is not known there."""
        return choose_for_sequences(settings, facts, per_step=facts.per_step)

    @classmethod
    def examples(
        cls,
        prepared: PreparedDataset,
        split: Split,
        part: Part,
        settings: ModelSettings,  # noqa: ARG003 - whole sequences need no settings
    ) -> Examples:
        """The whole sequences of the part."""
        return sequences(prepared, split, part)

    @classmethod
    def latest(cls, prepared: PreparedDataset, settings: ModelSettings) -> Examples:  # noqa: ARG003 - as above
        """All sequences."""
        return whole_sequences(prepared)

    def _values(self, batch: Batch, state: State | None) -> tuple[State, Tensor]:
        """Values [N, C] of every row, or [B, C] of every sequence."""
        if isinstance(self.body, Encoder):
            state, rows = self.body(state, batch, batch.numbers.values)
            return state, self.head(self.dropout(rows.values))
        state, summary = self.body(state, batch)
        return state, self.head(summary)

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """The mean loss over all known target values."""
        state, values = self._values(batch, state)
        return LOSSES[self.settings.loss](values, batch.target), state

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """The loss summed over all known target values."""
        _, values = self._values(batch, None)
        terms = int(torch.isfinite(batch.target).sum())
        loss = LOSSES[self.settings.loss](values, batch.target)
        return (float(loss.detach()) * terms if terms else 0.0), terms

    def predict(self, batch: Batch) -> dict[str, Tensor]:
        """`values`: [B, C] of every sequence, or [N, C] of every packed row."""
        return {"values": self._values(batch, None)[1]}

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> ValuePrediction:
        """Values in the units of the data; with a value per step, one row per step."""
        keys, steps = examples.keys(), None
        if self.sizes.per_step:
            lengths = examples.stop - examples.start
            keys = np.repeat(keys, lengths)
            steps = spans(np.zeros_like(lengths), lengths) + 1
        values = pipeline.invert_targets(outputs["values"], keys)
        return ValuePrediction(values, examples.prepared.target_names, keys, steps)
