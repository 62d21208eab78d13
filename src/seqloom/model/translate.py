"""Translation: a text in, another text out."""

from types import MappingProxyType

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from seqloom.errors import SchemaError
from seqloom.model.attend import AttentionDecoder, Position
from seqloom.model.beam import beam_search
from seqloom.model.decoder_writer import DecoderWriter
from seqloom.model.encoder import Encoder
from seqloom.model.model import Chosen, Facts, SequenceModel
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.model.taught import Taught
from seqloom.model.translate_defaults import choose_for_translation
from seqloom.nn import Memory, State, log_softmax_chunks, softmax_loss
from seqloom.prepare import Examples, Part, Pipeline, Split, SymbolTargets, sequences
from seqloom.sequence import Alignment, Array, Batch, PreparedDataset, Ragged, TranslatePrediction

LIMIT = (2, 10)
"""Symbols of a translation at most: so many for each token of the source, and so many more."""


class TranslateModel(SequenceModel):
    """A recurrent encoder of the source, and a decoder that reads it by attention; written by beam search."""

    task = "translate"
    by_steps = False
    target_kind = "symbols"
    preparation = MappingProxyType({"tokens": "bpe", "target_tokens": "bpe", "vocabulary": 4_000, "lowercase": False})

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__(settings, sizes)
        self.encoder = Encoder(settings, sizes, sizes.numbers)
        reader = self.encoder.stepwise
        depth = reader.layers * reader.directions
        self.decoder = AttentionDecoder(
            settings,
            symbols=sizes.symbols + 1,
            source_size=self.encoder.output_size,
            width=settings.embedding or reader.hidden_size,
            memory_size=depth * reader.cell.width(reader.hidden_size),
        )
        self.dropout = nn.Dropout(settings.dropout or 0.0)

    @classmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """A bidirectional encoder, width by the number of sentences, see `choose_for_translation`."""
        return choose_for_translation(settings, facts)

    @classmethod
    def examples(
        cls,
        prepared: PreparedDataset,
        split: Split,
        part: Part,
        settings: ModelSettings,  # noqa: ARG003 - whole sequences need no settings
    ) -> Examples:
        """The sentences of the part that have a translation.

        Raises:
            SchemaError: no column holds texts to translate.
        """
        if prepared.text is None:
            raise SchemaError(
                prepared.source,
                expected="a column of texts to translate",
                came="none",
                fix="name it with --text COLUMN",
            )
        found = sequences(prepared, split, part)
        counts = np.diff(np.asarray(prepared.target_offsets))
        return found.take(np.flatnonzero(counts[found.sequence]))

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """Cross-entropy of each symbol after the true ones before it, averaged over all symbols."""
        state, memory, position = self._read(batch, state)
        taught = self._taught(batch)
        vectors = self.decoder.taught(taught, memory, position).vectors
        return self._cross_entropy(vectors, taught, self.settings.label_smoothing or 0.0), state

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """Cross-entropy summed over all symbols and the ends of the texts."""
        _, memory, position = self._read(batch)
        taught = self._taught(batch)
        loss = self._cross_entropy(self.decoder.taught(taught, memory, position).vectors, taught, 0.0)
        return float(loss.detach()) * len(taught.asked), len(taught.asked)

    def predict(self, batch: Batch) -> dict[str, Tensor | Ragged]:
        """The best translations.

        Returns:
            `symbols` of each, its `scores`, log-probabilities [B], what each symbol and the end read of the source
            (`attention`, one row of the source's length after the other), and the log-probability of the true
            translation, `reference_scores` [B], NaN where there is none.
        """
        _, memory, position = self._read(batch)
        limits = [LIMIT[0] * len(rows) + LIMIT[1] for rows in memory.values]
        writer, settings = DecoderWriter(self.decoder, position, memory), self.settings
        with torch.no_grad():
            written = beam_search(
                writer, limits, mark=self.decoder.mark, beam=settings.beam, alpha=settings.length_penalty
            )
        symbols = torch.tensor([symbol for found in written for symbol in found.symbols], dtype=torch.int64)
        lengths = torch.tensor([len(found.symbols) for found in written], dtype=torch.int64)
        taught = Taught.of(symbols, lengths, self.decoder.mark)
        weights = self.decoder.taught(taught, memory, position).weights
        flat = torch.cat([own.flatten() for own in weights]) if weights else torch.zeros(0)
        return {
            "symbols": Ragged(symbols, lengths),
            "scores": torch.tensor([found.score for found in written]),
            "attention": Ragged(flat, torch.tensor([own.numel() for own in weights], dtype=torch.int64)),
            "reference_scores": self._scores(batch, memory, position),
        }

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> TranslatePrediction:
        """Texts, with what each symbol read of the source."""
        targets = pipeline.targets
        if not isinstance(targets, SymbolTargets):
            raise SchemaError("translation", expected="texts on both sides", came="others", fix="name text columns")
        written = np.split(outputs["symbols"], outputs["symbols_offsets"][1:-1])
        weights = np.split(outputs["attention"], outputs["attention_offsets"][1:-1])
        names, pieces = pipeline.tokens, targets.symbols
        codes = examples.prepared.codes[:, examples.prepared.text]
        sources = [codes[start:stop] for start, stop in zip(examples.start, examples.stop, strict=True)]
        alignments = tuple(
            Alignment(
                tuple(names[code] for code in source.tolist()),
                tuple(pieces[symbol] for symbol in symbols.tolist()),
                read.reshape(-1, len(source)),
            )
            for source, symbols, read in zip(sources, written, weights, strict=True)
        )
        return TranslatePrediction(
            texts=np.array([targets.text(symbols) for symbols in written], dtype=object),
            scores=outputs["scores"].astype(np.float64),
            target=targets.column.name,
            keys=examples.keys(),
            alignments=alignments,
            reference_scores=outputs["reference_scores"].astype(np.float64),
            reference_symbols=_symbols_of(examples),
        )

    def _read(self, batch: Batch, state: State | None = None) -> tuple[State, Memory, Position]:
        """The source of each sequence, ready to be read by attention, and where writing begins."""
        inputs = self.encoder.inputs(batch, batch.numbers.values)
        inputs = inputs.with_values(self.dropout(inputs.values))
        state, rows = self.encoder.recurrent.sequence(state, inputs)
        rows = rows.with_values(self.dropout(rows.values))
        summary = state.hidden.transpose(0, 1).flatten(1)  # [L * D, B, H] -> [B, L * D * H]
        return state, self.decoder.attention.remember(rows), self.decoder.begin(summary)

    def _taught(self, batch: Batch) -> Taught:
        lengths = batch.target_lengths
        if lengths is None:
            raise SchemaError("translation", expected="targets that are texts", came="others", fix="name a text column")
        return Taught.of(batch.target, lengths, self.decoder.mark)

    def _cross_entropy(self, vectors: Tensor, taught: Taught, smoothing: float) -> Tensor:
        decoder = self.decoder
        return softmax_loss(vectors, decoder.embedding.weight, decoder.bias, taught.asked, label_smoothing=smoothing)

    def log_probability(self, batch: Batch) -> Tensor:
        """The logarithm of the probability of the batch's own symbols and of their end, [B]."""
        _, memory, position = self._read(batch)
        return self._taught_scores(self._taught(batch), memory, position)

    def _taught_scores(self, taught: Taught, memory: Memory, position: Position) -> Tensor:
        vectors = self.decoder.taught(taught, memory, position).vectors
        decoder = self.decoder
        each = [
            further.gather(1, taught.asked[rows].unsqueeze(1))
            for rows, further in log_softmax_chunks(vectors, decoder.embedding.weight, decoder.bias)
        ]
        own = torch.split(torch.cat(each).flatten()[taught.rows], list(taught.counts))
        return torch.stack([one.sum() for one in own])

    def _scores(self, batch: Batch, memory: Memory, position: Position) -> Tensor:
        """The log-probability of each true translation, [B]; NaN where there is none."""
        if not len(batch.target):
            return torch.full((batch.batch_size,), torch.nan)
        taught = self._taught(batch)
        scores = self._taught_scores(taught, memory, position)
        return torch.where(torch.tensor(taught.counts) > 1, scores, torch.nan)


def _symbols_of(examples: Examples) -> NDArray[np.int64]:
    """Symbols of each true translation, its end counted, [E]; 0 where there is none."""
    counts = np.diff(np.asarray(examples.prepared.target_offsets))[examples.sequence]
    return np.where(counts > 0, counts + 1, 0)
