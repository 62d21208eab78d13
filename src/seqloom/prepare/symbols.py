"""Targets that are texts: a sequence of symbols for each sequence, of any length."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from seqloom.errors import SchemaError
from seqloom.prepare.impute import refuse_missing
from seqloom.prepare.settings import TokenSettings
from seqloom.prepare.table import Table
from seqloom.prepare.tokenize import encode, learn
from seqloom.sequence import Array, Column, SequenceDataset, spans


@dataclass(frozen=True)
class SymbolTargets:
    """A fitted target that is a text of each sequence, cut into symbols.

    Args:
        column: the target column, of kind `text`.
        tokenizer: cuts its texts into symbols; number 0 is the unknown one.
        settings: how texts become symbols.
    """

    column: Column
    tokenizer: Tokenizer
    settings: TokenSettings

    per_step = False

    @classmethod
    def fit(cls, dataset: SequenceDataset, sequences: NDArray[np.int64], settings: TokenSettings) -> "SymbolTargets":
        """Learn the symbols of some sequences' texts.

        Args:
            dataset: all sequences.
            sequences: those of the training part.
            settings: how texts become symbols.

        Raises:
            SchemaError: not exactly one target column, or one that holds no texts.
            DataError: a text of the training part is missing.
        """
        columns = [dataset.schema.column(name) for name in dataset.schema.targets]
        texts = [column for column in columns if column.kind == "text" and column.name in dataset.statics]
        if len(columns) != 1 or not texts:
            raise SchemaError(
                f"{dataset.source}, target",
                expected="one column of texts, one for each sequence",
                came=", ".join(f"'{column.name}' of kind {column.kind}" for column in columns) or "none",
                fix="name one target; --text COLUMN reads a column as texts",
            )
        (column,) = columns
        codes = np.asarray(dataset.statics[column.name])[sequences]
        refuse_missing(Table.of_statics(dataset), column.name, sequences[codes < 0])
        labels, settings = dataset.categories[column.name], symbol_settings(settings)
        return cls(column, learn((labels[code] for code in codes), settings), settings)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The target column."""
        return (self.column,)

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols in the order of their numbers, the unknown one first."""
        found = self.tokenizer.get_vocab()
        return tuple(sorted(found, key=found.__getitem__))

    def numbers(self, dataset: SequenceDataset) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The symbols of all sequences, one after the other, [M], and where each sequence's begin and end, [S + 1].

        A sequence without a text has no symbols.
        """
        codes, labels = np.asarray(dataset.statics[self.column.name]), dataset.categories[self.column.name]
        used = np.unique(codes[codes >= 0])
        encoded = list(encode(self.tokenizer, [labels[code] for code in used], self.settings))
        lengths = np.zeros(len(labels) + 1, dtype=np.int64)  # the last one stands for a missing text
        lengths[used] = [len(symbols) for symbols in encoded]
        ends = np.concatenate([[0], np.cumsum(lengths)])
        flat = np.concatenate([np.zeros(0, np.int64), *encoded]).astype(np.int64)
        offsets = np.concatenate([[0], np.cumsum(lengths[codes])])
        begins = ends[np.where(codes < 0, len(labels), codes)]
        return flat[spans(begins, begins + lengths[codes])], offsets

    def text(self, symbols: Array | Iterable[int]) -> str:
        """The text that symbols make."""
        written: str = self.tokenizer.decode([int(symbol) for symbol in symbols])
        return written


def symbol_settings(settings: TokenSettings) -> TokenSettings:
    """How texts that are to be predicted become symbols: nothing is lost that the settings do not ask to lose."""
    return TokenSettings(
        tokens=settings.target_tokens or "characters",
        vocabulary=settings.vocabulary,
        min_count=1 if settings.target_tokens in (None, "characters") else settings.min_count,
        lowercase=bool(settings.lowercase),
        strip_marks=False,
    )
