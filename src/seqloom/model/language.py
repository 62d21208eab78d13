"""Language: at each token of running text the probabilities of the next one."""

from collections.abc import Iterator
from types import MappingProxyType

import numpy as np
import torch
from torch import Tensor, nn

from seqloom.errors import SettingsError
from seqloom.model.encoder import recurrent
from seqloom.model.language_defaults import choose_for_language
from seqloom.model.model import Asked, Carried, Chosen, Facts, SequenceModel
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.nn import State, initialise, log_softmax_chunks, lookup, softmax_loss
from seqloom.prepare import Examples, Part, Pipeline, Split, running_text
from seqloom.sequence import Array, Batch, LanguagePrediction, NextPrediction, Packed, PreparedDataset, spans

SPREAD = 0.1
"""Vectors of tokens are drawn from -0.1 to 0.1, as in Zaremba et al. 2014."""


class LanguageModel(SequenceModel):
    """Vectors of tokens, recurrent layers, and a softmax over the vocabulary, by the same vectors where they are tied.

    Sources: Mikolov et al., "Recurrent neural network based language model" (Interspeech 2010); Zaremba, Sutskever &
    Vinyals, "Recurrent neural network regularization" (2014) for the dropout between layers; tied vectors: Inan,
    Khosravi & Socher and Press & Wolf (both 2017). Tied vectors of another width than the hidden state are reached
    through a linear map.
    """

    task = "language"
    by_steps = True
    target_kind = "next"
    preparation = MappingProxyType({"tokens": "characters"})

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__(settings, sizes)
        (tokens,) = sizes.code_sizes
        width = settings.embedding or 1
        self.embedding = lookup(tokens, width)
        self.dropout = nn.Dropout(settings.dropout or 0.0)
        self.recurrent = recurrent(settings, width)
        hidden = self.recurrent.output_size
        self.bridge = nn.Linear(hidden, width) if settings.tied and width != hidden else nn.Identity()
        self.bias = nn.Parameter(torch.zeros(tokens))
        self.output = None if settings.tied else nn.Linear(hidden, tokens, bias=False)
        for weight in (self.embedding.weight, self.output_weight):
            nn.init.uniform_(weight, -SPREAD, SPREAD)
        initialise(self.recurrent)

    @property
    def output_weight(self) -> Tensor:
        """What the softmax multiplies hidden rows with, [K, H]; the vectors of the tokens where they are tied."""
        return self.embedding.weight if self.output is None else self.output.weight

    @classmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """Widths by the length of the text, see `choose_for_language`."""
        if settings.bidirectional:
            came, fix = "bidirectional=True", "leave bidirectional out: what is to be predicted must not be read"
            raise SettingsError("bidirectional", expected="reading forwards only", came=came, fix=fix)
        return choose_for_language(settings, facts)

    @classmethod
    def examples(cls, prepared: PreparedDataset, split: Split, part: Part, settings: ModelSettings) -> Examples:
        """All of the part's texts in lanes to learn from; to be judged, in one pass or window by window."""
        tokens = split.moved(prepared.starts).spans(part)
        return running_text(prepared, tokens, part, window=0 if part == "train" else settings.window)

    @classmethod
    def latest(cls, prepared: PreparedDataset, settings: ModelSettings) -> Examples:
        """All tokens, each but the first of a text to be predicted."""
        tokens = np.stack([prepared.offsets[:-1], prepared.offsets[1:]], axis=1)
        return running_text(prepared, tokens, "test", window=settings.window)

    def hidden(self, batch: Batch, state: State | None = None) -> tuple[State, Tensor]:
        """What the softmax reads of each token, [N, H], and the state after the batch."""
        vectors = self.dropout(self.embedding(batch.codes[:, 0]))
        state, rows = self.recurrent.sequence(state, Packed(vectors, batch.numbers.sizes))
        return state, self.bridge(self.dropout(rows.values))

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """Minus the logarithm of the next token's probability, on average."""
        state, rows = self.hidden(batch, state)
        return softmax_loss(rows, self.output_weight, self.bias, batch.target), state

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """The same, summed over all tokens that have a next one."""
        terms = int((batch.target >= 0).sum())
        return float(self.loss(batch)[0].detach()) * terms, terms

    def predict(self, batch: Batch) -> dict[str, Tensor]:
        """Of each token that came next: `log_probability`, and `expected` and `best` of the distribution, [N] each."""
        return self.read_rows(batch, None)[0]

    def read_rows(self, batch: Batch, state: State | None) -> tuple[dict[str, Tensor], State]:
        """The same from a state, and the state after it."""
        state, rows = self.hidden(batch, state)
        answers = {name: rows.new_empty(len(rows)) for name in ("log_probability", "expected", "best")}
        for some, scores in self._scores(rows):
            came = batch.target[some].clamp(min=0).unsqueeze(1)
            answers["log_probability"][some] = scores.gather(1, came).squeeze(1)
            answers["expected"][some] = -(scores * scores.exp()).sum(dim=1)
            answers["best"][some] = scores.argmax(dim=1).to(rows.dtype)  # codes are far below 2^24: exact
        return answers, state

    @property
    def reach(self) -> int:
        """Nothing but what is carried."""
        return 0

    def begin(self, count: int) -> Carried:
        """The state, and no token yet to tell the next one by."""
        state = self.recurrent.initial_state(count)
        return Carried(state, (torch.zeros(count, self.output_weight.shape[1]), torch.zeros(count, 1)))

    def read_on(self, batch: Batch, carried: Carried, asked: Asked) -> tuple[dict[str, Tensor], Carried]:
        """The next token's distribution, and how the tokens that were read had been expected.

        Returns:
            `next`: logarithms of its probabilities, [M, K]; `log_probability`: of all tokens that were read for an
            answer together, without the first one of a text, and `counted`, how many these are, [M] each. Carried are
            the state, what the softmax reads after the last token, and whether there is such a token.
        """
        state, rows = self.hidden(batch, carried.state)
        last, begun = carried.beside
        packing = batch.numbers
        steps, sequence = packing.row_steps, packing.sequence_rows
        place = torch.where(steps > 0, len(last) + packing.starts[steps - 1] + sequence, sequence)
        before, count = torch.cat([last, rows])[place], len(asked.rows)
        told = torch.where(steps > 0, 1.0, begun[sequence, 0])
        came = torch.empty(len(rows))
        for some, scores in self._scores(before):
            came[some] = scores.gather(1, batch.codes[some, :1]).squeeze(1) * told[some]
        answers = {
            "next": torch.cat([scores for _, scores in self._scores(rows[asked.rows])]),
            "log_probability": torch.zeros(count).index_add(0, asked.owner, came),
            "counted": torch.zeros(count).index_add(0, asked.owner, told),
        }
        return answers, Carried(state, (rows[packing.last_rows], torch.ones_like(begun)))

    def answer(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> NextPrediction:
        """The most probable next tokens, and how little those that were read had been expected."""
        counted, total = outputs["counted"], outputs["log_probability"].astype(np.float64)
        surprise = np.divide(-total, counted, out=np.full(len(total), np.nan), where=counted > 0)
        chances = np.exp(outputs["next"].astype(np.float64))
        return NextPrediction(chances, surprise, pipeline.tokens, examples.keys())

    def _scores(self, rows: Tensor) -> Iterator[tuple[slice, Tensor]]:
        """Logarithms of the next token's probabilities, some rows after the other."""
        return log_softmax_chunks(rows, self.output_weight, self.bias)

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> LanguagePrediction:
        """What was found of each token, with what came."""
        prepared = examples.prepared
        rows = spans(examples.start.astype(np.int64), examples.stop.astype(np.int64))
        sequence = np.repeat(examples.sequence, examples.stop - examples.start)
        return LanguagePrediction(
            log_probabilities=outputs["log_probability"].astype(np.float64),
            expected=outputs["expected"].astype(np.float64),
            best=outputs["best"].astype(np.int64),
            came=prepared.targets[rows],
            vocabulary=pipeline.tokens,
            keys=prepared.keys[sequence],
            steps=rows - prepared.offsets[sequence] + 2,
        )
