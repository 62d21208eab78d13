"""Rows of texts unfolded: each becomes as many steps as its text has tokens, and other columns repeat beside them."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from seqloom.errors import DataError, SchemaError, SettingsError
from seqloom.prepare.running import learn_running, running_settings, spelling
from seqloom.prepare.settings import PrepareSettings, TokenSettings
from seqloom.prepare.tokenize import encode, learn
from seqloom.sequence import Array, Column, SequenceDataset, spans


@dataclass(frozen=True)
class Unfolded:
    """A data set of tokens.

    Args:
        dataset: the text column holds codes of tokens, -1 where one is not known; its labels are the vocabulary.
        starts: where the tokens of each row of the texts begin, and where the last ones end, [rows + 1].
        characters: characters of each row, [rows].
    """

    dataset: SequenceDataset
    starts: NDArray[np.int64]
    characters: NDArray[np.int64]


@dataclass(frozen=True)
class Texts:
    """A text column and the tokenizer that was fitted to it.

    Args:
        column: the column.
        tokenizer: cuts its texts into tokens; number 0 is the unknown one.
        settings: how texts become tokens.
        running: whether all rows of a sequence are one text, of which nothing may be lost; else each is one.
    """

    column: Column
    tokenizer: Tokenizer
    settings: TokenSettings
    running: bool = False

    @classmethod
    def fit(
        cls, dataset: SequenceDataset, rows: NDArray[np.int64], settings: PrepareSettings, *, running: bool = False
    ) -> "Texts | None":
        """Learn the vocabulary of some rows; None where no step is a text.

        Args:
            dataset: all rows.
            rows: of the training part.
            settings: how texts become tokens.
            running: whether all rows of a sequence are one text.

        Raises:
            SchemaError: more than one column holds texts, or one does beside other steps.
            SettingsError: tokens are to be anything but embedded.
            DataError: no text of the training part has a token.
        """
        texts = (column for column in dataset.schema.columns if column.kind == "text")
        columns = [column for column in texts if running or column.role != "target"]
        if not columns:
            return None
        column = _only(columns, dataset)
        if settings.encoding != "embedding":
            fix = "leave encoding out"
            raise SettingsError("encoding", expected="embedding, for tokens", came=settings.encoding, fix=fix)
        codes, labels = dataset.steps[column.name], dataset.categories[column.name]
        known = codes[rows]
        own = running_settings(settings) if running else settings
        lines = (labels[code] for code in known[known >= 0])
        tokenizer = learn_running(lines, own) if running else learn(lines, own)
        if tokenizer.get_vocab_size() == 1:
            where = f"{dataset.source}, column '{column.name}', training part"
            expected = f"tokens that occur at least {own.min_count} times"
            raise DataError(where, expected=expected, came="none", fix="give more texts, or a smaller --min-count")
        return cls(column, tokenizer, own, running)

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """The tokens in the order of their codes."""
        found = self.tokenizer.get_vocab()
        return tuple(sorted(found, key=found.__getitem__))[1:]

    def spell(self, codes: Array) -> str:
        """Tokens as they are written one after the other.

        Args:
            codes: of a prepared text: 0 the unknown token, `k` that at place `k - 1` of the vocabulary.
        """
        if self.running:
            spell, pieces = spelling(self.settings.tokens or "characters", self.vocabulary), [b"\n"]
            for code in codes.tolist():
                pieces.append(spell(code, pieces[-1].endswith(b"\n")))
            return b"".join(pieces[1:]).decode("utf-8", "replace")
        return str(self.tokenizer.decode(codes.tolist(), skip_special_tokens=False))

    def labelled(self, dataset: SequenceDataset) -> SequenceDataset:
        """The rows as they are, the labels of the text column being the tokens there are."""
        return replace(dataset, categories={**dataset.categories, self.column.name: self.vocabulary})

    def unfold(self, dataset: SequenceDataset) -> Unfolded:
        """A step for each token.

        Raises:
            DataError: a text that is missing or has no token; the message names the first.
        """
        name = self.column.name
        codes, labels = dataset.steps[name], dataset.categories[name]
        tokens, ends = self._encoded(codes, labels)
        counts = np.where(codes < 0, 0, np.diff(ends)[codes]) if len(labels) else np.zeros(len(codes), np.int64)
        if not self.running:
            self._refuse_empty(dataset, codes, counts)
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        row = np.repeat(np.arange(len(codes)), counts)
        steps = {other: np.asarray(values)[row] for other, values in dataset.steps.items()}
        steps[name] = tokens[spans(ends[codes], ends[codes] + counts)] - 1
        unfolded = replace(
            dataset,
            offsets=starts[dataset.offsets],
            steps=steps,
            categories={**dataset.categories, name: self.vocabulary},
            times=None if dataset.times is None else dataset.times[row],
            rows=row if dataset.rows is None else dataset.rows[row],
        )
        lengths = np.array([*map(len, labels), 0], dtype=np.int64)  # the last one stands for a missing text
        return Unfolded(unfolded, starts, lengths[codes])

    def _encoded(self, codes: Array, labels: tuple[str, ...]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The tokens of all texts that occur, one text after the other, and where each text's end, [texts + 1]."""
        used = np.unique(codes[codes >= 0])
        encoded = list(encode(self.tokenizer, [labels[code] for code in used], self.settings))
        lengths = np.zeros(len(labels), dtype=np.int64)
        lengths[used] = [len(tokens) for tokens in encoded]
        return np.concatenate([np.zeros(0, np.int32), *encoded]), np.concatenate([[0], np.cumsum(lengths)])

    def _refuse_empty(self, dataset: SequenceDataset, codes: Array, counts: NDArray[np.int64]) -> None:
        if (counts == 0).any():
            row = int(np.argmin(counts))
            came = "none" if codes[row] < 0 else repr(dataset.categories[self.column.name][codes[row]])
            fix = "correct the cell, or leave the row out"
            raise DataError(dataset.place(self.column.name, row), expected="a text with words", came=came, fix=fix)


def _only(columns: list[Column], dataset: SequenceDataset) -> Column:
    """The one column of texts."""
    if len(columns) > 1:
        names = ", ".join(f"'{column.name}'" for column in columns)
        fix = "leave the others out with --ignore"
        raise SchemaError(dataset.source, expected="one column of texts", came=names, fix=fix)
    if columns[0].name not in dataset.steps:
        where = f"{dataset.source}, column '{columns[0].name}'"
        fix = "leave it out with --ignore, or the other steps"
        raise SchemaError(where, expected="texts whose tokens are the steps", came="texts beside other steps", fix=fix)
    return columns[0]
