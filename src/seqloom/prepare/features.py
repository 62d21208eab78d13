"""The features of one table: its numbers, their indicators, its categories."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare.encode import CategoryColumns, CategoryRules, as_numbers
from seqloom.prepare.numbers import NumberColumns, NumberRules
from seqloom.prepare.settings import PrepareSettings
from seqloom.prepare.table import Table
from seqloom.sequence import Column


@dataclass(frozen=True)
class Features:
    """Fitted columns of the steps, or of the static columns."""

    numbers: NumberColumns
    categories: CategoryColumns

    @classmethod
    def fit(
        cls,
        table: Table,
        spans: NDArray[np.int64],
        columns: tuple[Column, ...],
        settings: PrepareSettings,
        *,
        by_group: bool,
        words: frozenset[str] = frozenset(),
    ) -> "Features":
        """Learn from the rows in `spans` [S, 2]; columns of words have open vocabularies."""
        numbers, categories = _by_kind(columns)
        number_rules, category_rules = feature_rules(settings, by_group=by_group, words=words)
        return cls(
            NumberColumns.fit(table, spans, numbers, number_rules),
            CategoryColumns.fit(table, spans, categories, category_rules),
        )

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, numbers first."""
        return (*self.numbers.columns, *self.categories.columns)

    @property
    def number_names(self) -> tuple[tuple[str, bool], ...]:
        """Name of each column of the number blocks, and whether it is known ahead."""
        known = {column.name: column.role == "known" for column in self.columns}
        names = [(column.name, known[column.name]) for column in self.numbers.columns]
        names += [(f"{name}:missing", known[name]) for name in self.numbers.indicators]
        for column in self.categories.columns:
            if self.categories.rules.encoding == "one-hot":
                names += [
                    (f"{column.name}={label}", known[column.name])
                    for label in self.categories.vocabularies[column.name]
                ]
            elif self.categories.rules.encoding == "integer":
                names.append((column.name, known[column.name]))
        return tuple(names)

    @property
    def embedded(self) -> tuple[tuple[Column, int], ...]:
        """The columns that stay codes, each with its number of entries."""
        if self.categories.rules.encoding != "embedding":
            return ()
        return tuple(zip(self.categories.columns, self.categories.sizes, strict=True))

    def blocks(self, table: Table) -> Iterator[tuple[NDArray[np.float32], NDArray[np.int32]]]:
        """Numbers [n, F] and codes [n, E] for each chunk of the table in order."""
        indicated = [column.name in self.numbers.indicators for column in self.numbers.columns]
        encoding, sizes = self.categories.rules.encoding, self.categories.sizes
        both = zip(self.numbers.blocks(table), self.categories.blocks(table), strict=True)
        for (scaled, missing), codes in both:
            indicators = missing[:, indicated].astype(np.float32)
            numbers = np.concatenate([scaled, indicators, *as_numbers(codes, sizes, encoding)], axis=1)
            yield numbers, codes[:, : len(self.embedded)]


def feature_rules(
    settings: PrepareSettings, *, by_group: bool, words: frozenset[str] = frozenset()
) -> tuple[NumberRules, CategoryRules]:
    """How the settings treat features; columns of words have open vocabularies."""
    return (
        NumberRules(settings.scaling, by_group, settings.missing),
        CategoryRules(settings.encoding, settings.missing, settings.unseen, words, settings.min_count),
    )


def _by_kind(columns: tuple[Column, ...]) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    numbers = tuple(column for column in columns if not column.coded)
    return numbers, tuple(column for column in columns if column.coded)
