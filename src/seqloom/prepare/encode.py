"""Category columns: from each file's own codes to the vocabulary of the training part."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.prepare.impute import forward_fill, refuse_missing
from seqloom.prepare.settings import Encoding, Missing, Unseen
from seqloom.prepare.table import Chunk, Table
from seqloom.sequence import Column

Labels = tuple[str, ...]
CarriedCodes = tuple[np.int64 | None, ...]

UNSEEN = -1


@dataclass(frozen=True)
class CategoryRules:
    """How category columns are treated: how they are given to the network, and what happens to gaps and new labels.

    Args:
        encoding: how they are given to the network.
        missing: what happens at a missing label.
        unseen: what happens at a label the training part does not have.
        open: names of columns whose rare labels are unknown, and new ones too, whatever `unseen` says: words.
        least: times a label of an open column must occur in the training part to be known.
    """

    encoding: Encoding = "embedding"
    missing: Missing = "reject"
    unseen: Unseen = "reject"
    open: frozenset[str] = frozenset()
    least: int = 1


@dataclass(frozen=True)
class CategoryColumns:
    """Fitted category columns of one table.

    Label `k` of a vocabulary has the code `k + 1`; code 0 is the entry for missing and unknown labels.

    Args:
        columns: the columns, in the order of the output.
        rules: how they are treated.
        vocabularies: the labels of each column that occur in the training part.
    """

    columns: tuple[Column, ...]
    rules: CategoryRules
    vocabularies: Mapping[str, Labels]

    @classmethod
    def fit(
        cls, table: Table, spans: NDArray[np.int64], columns: tuple[Column, ...], rules: CategoryRules
    ) -> "CategoryColumns":
        """Learn the labels of the rows in `spans` [S, 2]; the order of a vocabulary depends on nothing but them.

        Tokens of texts are all known already: their tokenizer learned them.
        """
        seen = {
            column.name: np.zeros(len(table.categories[column.name]) + 1, dtype=np.int64)
            for column in columns
            if column.kind != "text"
        }
        for chunk in table.chunks() if seen else ():
            inside = chunk.inside(spans)
            for name, counts in seen.items():
                found = np.bincount(chunk.column(name)[inside] + 1, minlength=len(counts))
                np.add(counts, np.roll(found, -1), out=counts)  # -1, a missing label, counts in the last place
        vocabularies = {
            name: in_order(
                label
                for label, count in zip(table.categories[name], counts[:-1], strict=True)
                if count >= (rules.least if name in rules.open else 1)
            )
            for name, counts in seen.items()
        }
        vocabularies |= {column.name: table.categories[column.name] for column in columns if column.kind == "text"}
        return cls(columns, rules, vocabularies)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Entries of each column, the unknown entry included."""
        return tuple(len(self.vocabularies[column.name]) + 1 for column in self.columns)

    def lookups(self, table: Table) -> dict[str, NDArray[np.int64]]:
        """For each column, our code of each code of the table; the last place answers for a missing label."""
        found = {}
        for column in self.columns:
            codes = {label: code for code, label in enumerate(self.vocabularies[column.name], start=1)}
            labels = table.categories[column.name]
            found[column.name] = np.array([*(codes.get(label, UNSEEN) for label in labels), 0], dtype=np.int64)
        return found

    def transform(
        self, chunk: Chunk, lookups: Mapping[str, NDArray[np.int64]], carried: CarriedCodes
    ) -> tuple[NDArray[np.int32], CarriedCodes]:
        """Codes of one chunk [n, E] and forward fill's state after it; causal, row by row.

        Raises:
            DataError: a missing label or one that the training part does not have, where the policy is to refuse.
        """
        codes = np.zeros((len(chunk), len(self.columns)), dtype=np.int32)
        state: list[np.int64 | None] = []
        for place, (column, last) in enumerate(zip(self.columns, carried, strict=True)):
            raw = chunk.column(column.name)
            one, missing = lookups[column.name][raw], raw < 0
            if column.kind != "text":
                self._refuse(chunk, column, one, missing)
            one = np.maximum(one, 0)
            if self.rules.missing == "forward-fill" and column.kind != "text":
                one, still, last = forward_fill(one, missing, chunk.opens, last)  # noqa: PLW2901 - state in, state out
                one = np.where(still, 0, one)
            codes[:, place] = one
            state.append(last)
        return codes, tuple(state)

    def blocks(self, table: Table) -> Iterator[NDArray[np.int32]]:
        """Codes [n, E] for each chunk of the table in order."""
        lookups = self.lookups(table)
        carried: CarriedCodes = (None,) * len(self.columns)
        for chunk in table.chunks():
            codes, carried = self.transform(chunk, lookups, carried)
            yield codes

    def _refuse(self, chunk: Chunk, column: Column, codes: NDArray[np.int64], missing: NDArray[np.bool_]) -> None:
        if self.rules.missing == "reject" and missing.any():
            excused = chunk.future if column.role == "past" else np.zeros_like(missing)
            refuse_missing(chunk.table, column.name, np.flatnonzero(missing & ~excused) + chunk.start)
        if self.rules.unseen == "reject" and column.name not in self.rules.open and (codes == UNSEEN).any():
            row = int(np.argmax(codes == UNSEEN))
            label = chunk.table.categories[column.name][int(chunk.column(column.name)[row])]
            raise DataError(
                chunk.table.place(column.name, chunk.start + row),
                expected=f"one of the {len(self.vocabularies[column.name])} categories of the training part",
                came=repr(label),
                fix="correct the cell, or fit with --unseen unknown",
            )


def as_numbers(codes: NDArray[np.int32], sizes: Iterable[int], encoding: Encoding) -> list[NDArray[np.float32]]:
    """Codes [n, E] as number columns, one block per category column.

    One-hot: a 0/1 column per label, all 0 for the unknown entry. Integer: the code over the number of labels, so
    that it lies between 0 (unknown) and 1. Embeddings stay codes: no blocks.
    """
    if encoding == "embedding":
        return []
    blocks = []
    for place, size in enumerate(sizes):
        one = codes[:, place : place + 1]
        wide = one == np.arange(1, size) if encoding == "one-hot" else one / max(1, size - 1)
        blocks.append(wide.astype(np.float32))
    return blocks


def in_order(labels: Iterable[str]) -> Labels:
    """Labels by their number where all are numbers, else by the alphabet.

    Example:
        >>> in_order(["10", "9", "-1"]), in_order(["10", "9", "x"])
        (('-1', '9', '10'), ('10', '9', 'x'))
    """
    found = sorted(labels)
    with contextlib.suppress(ValueError):
        found.sort(key=float)
    return tuple(found)
