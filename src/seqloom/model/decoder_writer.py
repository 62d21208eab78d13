"""The decoder of a translation as a writer of beam search."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from seqloom.model.attend import AttentionDecoder, Position
from seqloom.nn import Memory


@dataclass(frozen=True)
class DecoderWriter:
    """A decoder that stands somewhere in its targets.

    Args:
        decoder: the decoder.
        position: where each beginning stands, [L, R, H].
        memory: the sources, R / beginnings of them.
    """

    decoder: AttentionDecoder
    position: Position
    memory: Memory

    def step(self, symbols: Tensor) -> "tuple[DecoderWriter, Tensor]":
        """One symbol further, see `Writer`."""
        sources = len(self.memory.values)
        counts = [len(symbols) // max(1, sources)] * sources
        position, step = self.decoder.step(self.position, symbols, counts, self.memory)
        further = torch.log_softmax(self.decoder.logits(step.vectors), dim=1)
        return DecoderWriter(self.decoder, position, self.memory), further

    def take(self, rows: Tensor, sources: Sequence[int]) -> "DecoderWriter":
        """Some beginnings, see `Writer`."""
        memory = self.memory if len(sources) == len(self.memory.values) else self.memory.take(sources)
        return DecoderWriter(self.decoder, self.position.take(rows), memory)
