"""A decoder that reads a source by attention while it writes a target."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from seqloom.model.cells import build_cell
from seqloom.model.settings import ModelSettings
from seqloom.model.taught import Taught
from seqloom.nn import Memory, Options, Recurrent, State, build_attention, draw_normal, lookup


class Position(NamedTuple):
    """Where a decoder stands: the states of its two recurrences, [L, R, H] each."""

    asking: State
    reading: State

    def take(self, rows: Int[Tensor, "R"]) -> "Position":
        """The position of some rows, in this order."""
        return Position(*(type(state)(*(part.index_select(1, rows) for part in state)) for state in self))


class Step(NamedTuple):
    """What a decoder came to.

    Args:
        vectors: what the last layer reads, [R, E].
        weights: of each sequence, what each of its rows read of the source, [R_b, T_b].
    """

    vectors: Float[Tensor, "R E"]
    weights: tuple[Float[Tensor, "R T"], ...]


class AttentionDecoder(nn.Module):
    """Symbols seen so far and a source, to the next symbol.

        q = asking recurrence over the symbols              rows that ask
        c = attention of q over the source                  what they read
        h = reading recurrence over (q, c)
        v = tanh(W (h, c))                                  a vector as wide as that of a symbol
        p = softmax(E v + b)                                E: the vectors of the symbols

    What was read reaches the reading recurrence, not the asking one: so each runs over a whole target at once while it
    is taught, and none waits for the other.

    Sources: Luong, Pham & Manning (EMNLP 2015) for attention and v; Wu et al., "Google's neural machine translation
    system" (2016) for attention between two recurrences; Press & Wolf, "Using the output embedding to improve language
    models" (EACL 2017) for one table E at both ends. Deviation from Luong: c is fed to a second recurrence rather than
    v to the first.

    Args:
        settings: the network's shape.
        symbols: different symbols of targets, the mark of begin and end among them as the last.
        source_size: features of a row of the source.
        width: of the vector of a symbol.
        memory_size: numbers a summary of the source has.
    """

    def __init__(self, settings: ModelSettings, symbols: int, source_size: int, width: int, memory_size: int) -> None:
        super().__init__()
        size, cell = settings.hidden_size or 64, build_cell(settings.cell, settings.activation)
        options: Options = {"dropout": settings.dropout or 0.0, "variational_dropout": settings.variational_dropout}
        self.mark = symbols - 1
        self.embedding = lookup(symbols, width)
        draw_normal(self.embedding.weight, width**-0.5)
        self.bias = nn.Parameter(torch.zeros(symbols))
        self.asking = Recurrent(cell, width, size, **options)
        self.attention = build_attention(settings.attention, size, source_size)
        self.reading = Recurrent(cell, size + source_size, size, settings.layers, **options)
        self.combine = nn.Linear(size + source_size, width)
        self.dropout = nn.Dropout(settings.dropout or 0.0)
        self.bridges = nn.ModuleList(
            nn.Linear(memory_size, layer.layers * cell.width(size)) for layer in (self.asking, self.reading)
        )

    def begin(self, summary: Float[Tensor, "B S"]) -> Position:
        """Where writing begins: hidden vectors from a summary of the source, the rest as always."""
        states = []
        for layer, bridge in zip((self.asking, self.reading), self.bridges, strict=True):
            state = layer.initial_state(len(summary))
            hidden = torch.tanh(bridge(summary)).view(len(summary), len(state.hidden), -1).transpose(0, 1).contiguous()
            states.append(state._replace(hidden=hidden))
        return Position(*states)

    def taught(self, taught: Taught, memory: Memory, position: Position) -> Step:
        """All steps of all targets at once.

        Args:
            taught: the targets.
            memory: the sources, in the order of the batch.
            position: where writing begins, in the order of the batch.

        Returns:
            Vectors in packed order, [N, E], and weights in the order of the batch.
        """
        position = position.take(taught.order)
        shown = taught.shown.with_values(self.dropout(self.embedding(taught.shown.values)))
        _, asking = self.asking.sequence(position.asking, shown)
        read = self.attention(asking.values[taught.rows], taught.counts, memory)
        contexts = taught.packed(read.contexts).values
        joined = torch.cat([self.dropout(asking.values), contexts], dim=1)
        _, hidden = self.reading.sequence(position.reading, shown.with_values(joined))
        return Step(self._vectors(hidden.values, contexts), read.weights)

    def step(
        self, position: Position, symbols: Int[Tensor, "R"], counts: Sequence[int], memory: Memory
    ) -> tuple[Position, Step]:
        """One step of several beginnings of targets.

        Args:
            position: where each stands, [L, R, H].
            symbols: the last symbol of each.
            counts: how many belong to each sequence of the memory, which lie beside each other.
            memory: the sources.
        """
        asking, q = self.asking.step(position.asking, self.embedding(symbols))
        read = self.attention(q, counts, memory)
        reading, hidden = self.reading.step(position.reading, torch.cat([q, read.contexts], dim=1))
        return Position(asking, reading), Step(self._vectors(hidden, read.contexts), read.weights)

    def logits(self, vectors: Float[Tensor, "R E"]) -> Float[Tensor, "R K"]:
        """One for each symbol."""
        return torch.addmm(self.bias, vectors, self.embedding.weight.T)

    def _vectors(self, hidden: Tensor, contexts: Tensor) -> Tensor:
        vectors: Tensor = self.dropout(torch.tanh(self.combine(torch.cat([hidden, contexts], dim=1))))
        return vectors
