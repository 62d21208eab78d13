"""Transcripts: the text that a sequence of steps says, without a word on which step says what."""

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from seqloom.errors import DataError
from seqloom.loss import ctc_losses, steps_needed
from seqloom.model.ctc_search import beam_search, best_paths
from seqloom.model.encoder import Encoder
from seqloom.model.model import Chosen, Facts, SequenceModel, hidden_size_for
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.nn import State
from seqloom.prepare import Examples, Part, Pipeline, Split, SymbolTargets, sequences, whole_sequences
from seqloom.sequence import Array, Batch, Packed, PreparedDataset, Ragged, TranscriptPrediction


class TranscribeModel(SequenceModel):
    """Hidden rows, read out as the probability of each symbol and of none at every step; the blank is the last output.

    With `segment` above 1 a recurrent step reads so many rows side by side; rows that are left over at the end of a
    sequence are not read.
    """

    task = "transcribe"
    by_steps = False
    target_kind = "symbols"

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__(settings, sizes)
        self.encoder = Encoder(settings, sizes, sizes.numbers * settings.segment)
        self.dropout = nn.Dropout(settings.dropout or 0.0)
        self.head = nn.Linear(self.encoder.output_size, sizes.symbols + 1)

    @classmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """Both directions, width by the number of steps."""
        chosen: dict[str, object] = {}
        reasons: dict[str, str] = {}
        if settings.bidirectional is None:
            chosen["bidirectional"], reasons["bidirectional"] = True, "the whole sequence is known"
        if settings.hidden_size is None:
            steps = int(facts.lengths.sum())
            chosen["hidden_size"], reasons["hidden_size"] = hidden_size_for(steps), f"{steps} training steps"
        return Chosen(settings.model_copy(update=chosen), reasons)

    @classmethod
    def examples(cls, prepared: PreparedDataset, split: Split, part: Part, settings: ModelSettings) -> Examples:
        """The whole sequences of the part.

        Raises:
            DataError: a sequence has fewer steps than its symbols need.
        """
        found = _stacked(sequences(prepared, split, part), settings.segment)
        refuse_crowded(found)
        return found

    @classmethod
    def latest(cls, prepared: PreparedDataset, settings: ModelSettings) -> Examples:
        """All sequences."""
        return _stacked(whole_sequences(prepared), settings.segment)

    def _steps(self, batch: Batch, state: State | None = None) -> tuple[State, Packed]:
        """Logarithms of the probabilities of symbols and blank at every step, [N, K]."""
        state, rows = self.encoder(state, batch, batch.numbers.values)
        return state, rows.with_values(functional.log_softmax(self.head(self.dropout(rows.values)), dim=1))

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """Minus the logarithm of the probability of the symbols, per symbol; of sequences that have some."""
        state, steps = self._steps(batch, state)
        total, count = _sum(steps, batch)
        return total / max(1, count), state

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """The same, summed over all symbols."""
        total, count = _sum(self._steps(batch)[1], batch)
        return float(total.detach()), count

    def predict(self, batch: Batch) -> dict[str, Tensor | Ragged]:
        """`symbols` of each sequence, and `scores`, the logarithm of their probability, [B]."""
        _, steps = self._steps(batch)
        symbols = best_paths(steps) if self.settings.beam == 1 else beam_search(steps, self.settings.beam)
        return {"symbols": symbols, "scores": -ctc_losses(steps, symbols.values, symbols.lengths)}

    def log_probability(self, batch: Batch) -> Tensor:
        """The logarithm of the probability of the batch's own symbols, [B]."""
        lengths = batch.target_lengths if batch.target_lengths is not None else torch.zeros(batch.batch_size)
        return -ctc_losses(self._steps(batch)[1], batch.target, lengths.long())

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> TranscriptPrediction:
        """The texts that the symbols make."""
        targets = pipeline.targets
        if not isinstance(targets, SymbolTargets):
            raise TypeError(type(targets))
        parts = np.split(outputs["symbols"], outputs["symbols_offsets"][1:-1])
        texts = np.array([targets.text(part) for part in parts], dtype=object)
        scores = outputs["scores"].astype(np.float64)
        return TranscriptPrediction(texts, scores, examples.prepared.target_names[0], examples.keys())


def refuse_crowded(examples: Examples) -> None:
    """Stop at a sequence whose symbols do not fit into its steps.

    Raises:
        DataError: names the sequence, its steps and what its symbols need.
    """
    prepared = examples.prepared
    if prepared.target_offsets is None:
        return
    needed = steps_needed(prepared.targets, prepared.target_offsets)[examples.sequence]
    crowded = np.flatnonzero(needed > examples.lengths)
    if len(crowded):
        first = int(crowded[0])
        raise DataError(
            f"{prepared.source}, sequence '{examples.keys()[first]}'",
            expected=f"at least {needed[first]} steps for its symbols, with one between equal neighbours",
            came=str(int(examples.lengths[first])),
            fix="choose a shorter --hop-ms or a smaller --segment, or leave the sequence out",
        )


def _stacked(examples: Examples, segment: int) -> Examples:
    """The same sequences in steps of so many rows.

    Raises:
        DataError: a sequence has not one such step.
    """
    steps = (examples.stop - examples.start) // segment
    if (steps == 0).any():
        first = int(np.argmin(steps))
        rows = int(examples.stop[first] - examples.start[first])
        raise DataError(
            f"{examples.prepared.source}, sequence '{examples.keys()[first]}'",
            expected=f"at least the {segment} rows of a step",
            came=str(rows),
            fix="choose a smaller --segment, or leave the sequence out",
        )
    return replace(examples, stop=examples.start + segment * steps, segment=segment)


def _sum(steps: Packed, batch: Batch) -> tuple[Tensor, int]:
    """The summed loss of all sequences that have symbols, and how many symbols these have."""
    lengths = batch.target_lengths if batch.target_lengths is not None else torch.zeros(steps.batch_size)
    losses = ctc_losses(steps, batch.target, lengths.long())
    return torch.where(lengths > 0, losses, 0).sum(), int(lengths.sum())
