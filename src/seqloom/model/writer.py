"""Going on with a text, token after token."""

import codecs
from collections.abc import Iterator
from itertools import islice

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from seqloom.errors import DataError, SchemaError, SettingsError
from seqloom.model.drawing import Drawing
from seqloom.model.language import LanguageModel
from seqloom.nn import Streams
from seqloom.prepare import Pipeline, spelling
from seqloom.sequence import Array, Packed

LINE_ENDS = ("\n", "<eos>", "Ċ")
"""The token that ends a line, by the kind of the tokens; a text that follows nothing begins behind one."""
SHOWN = 20
BLOCK = 1024
"""Random numbers drawn at a time."""


class Writer:
    """A language model that writes.

    Steps run through the engine's `Streams`, the softmax through NumPy; weights are those the model had when its writer
    was made. The unknown token is never written.

    Args:
        model: the model, on the CPU.
        pipeline: its preparation.

    Raises:
        SchemaError: the pipeline is of no text.
    """

    def __init__(self, model: LanguageModel, pipeline: Pipeline) -> None:
        if pipeline.texts is None:
            raise SchemaError("writer", expected="a pipeline of texts", came="another", fix="use the model's own")
        self.texts = pipeline.texts
        self.layers = model.recurrent
        self.vocabulary = pipeline.tokens
        self._spell = spelling(self.texts.settings.tokens or "characters", self.texts.vocabulary)
        with torch.no_grad():
            weight, bias = model.output_weight.detach(), model.bias.detach()
            if isinstance(model.bridge, nn.Linear):
                weight, bias = weight @ model.bridge.weight, bias + weight @ model.bridge.bias
            self._vectors = model.embedding.weight.numpy().copy()
            self._weight, self._bias = weight.numpy().copy(), bias.numpy().copy()
        self._bias[0] = -np.inf

    def stream(self, seed_text: str = "", *, length: int = 500, drawing: Drawing | None = None) -> Iterator[str]:
        """A text the model goes on with, piece after piece; each piece is of whole characters.

        Args:
            seed_text: what it goes on from; it is not part of the answer.
            length: tokens to write.
            drawing: how tokens are chosen; None: each with its probability, by seed 0.

        Raises:
            DataError: the seed text has a token the model does not know.
            SettingsError: a length below 1.
        """
        drawing = drawing or Drawing()
        if length < 1:
            raise SettingsError("length", expected="at least 1", came=str(length), fix="ask for more")
        codes = self.codes(seed_text)
        return self._spelled(self._drawn(codes, length, drawing), begins=seed_text.endswith("\n") or not seed_text)

    def codes(self, text: str) -> NDArray[np.int64]:
        """The codes of a text's tokens; of the end of a line where there is no text, [N].

        Raises:
            DataError: a token that the model does not know; the message names it.
        """
        if not text:
            ends = [code for code, token in enumerate(self.vocabulary) if token in LINE_ENDS]
            return np.array(ends[:1] or [1], dtype=np.int64)
        found = self.texts.tokenizer.encode(text, add_special_tokens=False)
        codes = np.array(found.ids, dtype=np.int64)
        if not len(codes):
            raise DataError("seed text", expected="some text", came=repr(text), fix="give words, or none")
        if (codes == 0).any():
            start, stop = found.offsets[int(np.argmax(codes == 0))]
            came = repr(text[start : min(stop, start + SHOWN)])
            raise DataError("seed text", expected="tokens of the training text", came=came, fix="leave it out")
        return codes

    def _drawn(self, codes: NDArray[np.int64], length: int, drawing: Drawing) -> Iterator[int]:
        """The codes that follow, one after the other."""
        streams = self._after(codes[:-1], drawing.beam)
        if drawing.beam > 1:
            yield from self._searched(streams, int(codes[-1]), length)
            return
        code = int(codes[-1])
        for number in islice(_uniform(drawing.seed), length):
            hidden = streams.step(self._vectors[code : code + 1])
            code = drawing.draw(self._weight @ hidden[0] + self._bias, number)
            yield code

    def _after(self, codes: NDArray[np.int64], count: int) -> Streams:
        """So many streams, all after these tokens."""
        streams = Streams(self.layers, count)
        if len(codes):
            rows = Packed(torch.from_numpy(self._vectors[codes]), torch.ones(len(codes), dtype=torch.int64))
            with torch.no_grad():
                state, _ = self.layers.sequence(None, rows)
            streams.put(type(state)(*(part.expand(-1, count, -1) for part in state)))
        return streams

    def _searched(self, streams: Streams, first: int, length: int) -> Iterator[int]:
        """The codes of the most probable text that a search with so many texts side by side finds.

        What all of them have in common is settled, and given at once.
        """
        scores = np.full(streams.count, -np.inf)
        scores[0] = 0.0
        codes, open_ones = np.full(streams.count, first), np.zeros((streams.count, 0), dtype=np.int64)
        for _ in range(length):
            hidden = streams.step(self._vectors[codes])
            parents, codes, scores = _best(scores, hidden @ self._weight.T + self._bias)
            state = streams.state()
            streams.put(type(state)(*(part[:, torch.from_numpy(parents)] for part in state)))
            open_ones = np.concatenate([open_ones[parents], codes[:, None]], axis=1)
            alike = (open_ones == open_ones[0]).all(axis=0)
            settled = len(alike) if alike.all() else int(np.argmin(alike))
            yield from open_ones[0, :settled].tolist()
            open_ones = open_ones[:, settled:]
        yield from open_ones[0].tolist()

    def _spelled(self, codes: Iterator[int], *, begins: bool) -> Iterator[str]:
        """The text of codes, held back while a character is not whole."""
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        for code in codes:
            piece = self._spell(code, begins)
            begins = piece.endswith(b"\n")
            if text := decoder.decode(piece):
                yield text
        if rest := decoder.decode(b"", final=True):
            yield rest


def _uniform(seed: int) -> Iterator[float]:
    """Random numbers from 0 to 1 without end."""
    generator = np.random.default_rng(seed)
    while True:
        yield from generator.random(BLOCK).tolist()


def _best(scores: Array, logits: Array) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
    """The most probable texts that are one token longer.

    Args:
        scores: logarithms of the probabilities of texts, best first, [B].
        logits: of the token after each, [B, V].

    Returns:
        Which text each goes on from, its last token, and its score, best first, [B] each.
    """
    shifted = logits - logits.max(axis=1, keepdims=True)
    every = scores[:, None] + shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))  # [B, V]
    best = np.argsort(-every, axis=None, kind="stable")[: len(scores)]
    parents, codes = np.divmod(best, logits.shape[1])
    return parents, codes, every.ravel()[best]
