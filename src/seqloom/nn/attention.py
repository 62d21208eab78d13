"""Attention: what the rows of one sequence read from all rows of another."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from seqloom.errors import SettingsError
from seqloom.sequence import Packed


class Memory(NamedTuple):
    """What is read from, a tensor for each of `B` sequences, each of its own length.

    Args:
        keys: what queries are compared with, [T_b, A] each.
        values: what is read, [T_b, H] each.
    """

    keys: tuple[Float[Tensor, "T A"], ...]
    values: tuple[Float[Tensor, "T H"], ...]

    def take(self, sequences: Sequence[int]) -> "Memory":
        """The memory of some of the sequences, in this order; nothing is copied."""
        return Memory(*(tuple(part[place] for place in sequences) for part in self))


class Read(NamedTuple):
    """What came of reading.

    Args:
        contexts: what each query read, [R, H].
        weights: of each sequence, how much each of its queries read of each row, [R_b, T_b]; rows sum to 1.
    """

    contexts: Float[Tensor, "R H"]
    weights: tuple[Float[Tensor, "R T"], ...]


class Attention(nn.Module, ABC):
    """Rows that ask, and for each a mean over the rows of its sequence, weighted by how well they answer.

        weight = softmax over the rows k of the sequence of score(q, k)

    Sequences are gone through one by one, so that nothing is padded and no pair of two sequences is scored.

    Args:
        query_size: features of a row that asks.
        size: features of a row that is read, `H`.
    """

    def __init__(self, query_size: int, size: int) -> None:
        super().__init__()
        self.query_size, self.size = query_size, size

    def remember(self, rows: Packed) -> Memory:
        """Rows to be read, [N, H], made ready once for however many queries."""
        values = rows.values[by_sequence(rows)]
        lengths = rows.lengths.tolist()
        return Memory(torch.split(self.keys(values), lengths), torch.split(values, lengths))

    def forward(self, queries: Float[Tensor, "R Q"], counts: Sequence[int], memory: Memory) -> Read:
        """Let queries read.

        Args:
            queries: all of the first sequence, then all of the second, and so on.
            counts: how many queries each sequence has, `B` numbers that add up to R.
            memory: what they read from.
        """
        asked = torch.split(self.queries(queries), list(counts))
        weights = tuple(
            torch.softmax(self.scores(own, keys), dim=1) for own, keys in zip(asked, memory.keys, strict=True)
        )
        contexts = [own @ values for own, values in zip(weights, memory.values, strict=True)]
        return Read(torch.cat(contexts) if contexts else queries.new_zeros(0, self.size), weights)

    @abstractmethod
    def keys(self, rows: Float[Tensor, "N H"]) -> Float[Tensor, "N A"]:
        """What queries are compared with."""

    @abstractmethod
    def queries(self, rows: Float[Tensor, "R Q"]) -> Float[Tensor, "R A"]:
        """What is compared with keys."""

    @abstractmethod
    def scores(self, queries: Float[Tensor, "R A"], keys: Float[Tensor, "T A"]) -> Float[Tensor, "R T"]:
        """How well each key answers each query of a sequence."""


class MultiplicativeAttention(Attention):
    """The score is a product: `score(q, k) = q · W k`.

    Source: Luong, Pham & Manning, "Effective approaches to attention-based neural machine translation", EMNLP 2015,
    the score `general`.
    """

    def __init__(self, query_size: int, size: int) -> None:
        super().__init__(query_size, size)
        self.ask = nn.Linear(query_size, size, bias=False)

    def keys(self, rows: Tensor) -> Tensor:
        """The rows themselves."""
        return rows

    def queries(self, rows: Tensor) -> Tensor:
        """`q W`, once for all rows of a sequence."""
        queries: Tensor = self.ask(rows)
        return queries

    def scores(self, queries: Tensor, keys: Tensor) -> Tensor:
        """Products, see `Attention.scores`."""
        return queries @ keys.T


class AdditiveAttention(Attention):
    """The score is a small network: `score(q, k) = v · tanh(W q + U k + b)`.

    Source: Bahdanau, Cho & Bengio, "Neural machine translation by jointly learning to align and translate", ICLR 2015.
    """

    def __init__(self, query_size: int, size: int) -> None:
        super().__init__(query_size, size)
        self.ask = nn.Linear(query_size, size, bias=False)
        self.answer = nn.Linear(size, size)
        self.score = nn.Linear(size, 1, bias=False)

    def keys(self, rows: Tensor) -> Tensor:
        """`U k + b`."""
        keys: Tensor = self.answer(rows)
        return keys

    def queries(self, rows: Tensor) -> Tensor:
        """`W q`."""
        queries: Tensor = self.ask(rows)
        return queries

    def scores(self, queries: Tensor, keys: Tensor) -> Tensor:
        """One number for each pair, see `Attention.scores`."""
        pairs = torch.tanh(queries.unsqueeze(1) + keys)  # [R, T, A]
        scores: Tensor = self.score(pairs)
        return scores.squeeze(2)


def build_attention(kind: str, query_size: int, size: int) -> Attention:
    """The attention of that name.

    Args:
        kind: `luong` or `bahdanau`.
        query_size: features of a row that asks.
        size: features of a row that is read.

    Raises:
        SettingsError: there is no such attention.
    """
    if kind == "luong":
        return MultiplicativeAttention(query_size, size)
    if kind == "bahdanau":
        return AdditiveAttention(query_size, size)
    raise SettingsError("attention", expected="luong or bahdanau", came=repr(kind), fix="choose one of them")


def by_sequence(rows: Packed) -> Int[Tensor, "N"]:
    """Where the steps of the first sequence lie among packed rows, then those of the second, and so on.

    Example:
        >>> by_sequence(Packed(torch.zeros(5, 1), torch.tensor([2, 2, 1]))).tolist()
        [0, 2, 4, 1, 3]
    """
    return torch.argsort(rows.sequence_rows, stable=True).to(rows.values.device)
