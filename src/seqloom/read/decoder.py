"""Columns of a table to columns of a data set: values, codes, and the labels met."""

from collections.abc import Iterable

import polars as pl

from seqloom.read.cells import Vocabulary, numbers
from seqloom.read.rejects import Judge
from seqloom.read.sink import recode
from seqloom.sequence import Array, Column


class Decoder:
    """Decodes the cells of columns whose kind is known, slab after slab.

    Args:
        columns: the columns to be read.
    """

    def __init__(self, columns: Iterable[Column]) -> None:
        self._vocabularies = {column.name: Vocabulary() for column in columns if column.coded}

    def decode(self, column: Column, cells: pl.Series, first: int, judge: Judge) -> Array:
        """Values of a number column, codes of a category or text column.

        Args:
            column: the column.
            cells: its cells in one slab.
            first: row number of the first cell in the source.
            judge: whom to report bad cells to.
        """
        if column.coded:
            return self._vocabularies[column.name].encode(cells)
        return numbers(cells.alias(column.name), first, judge)

    def finish(self, columns: dict[str, Array]) -> dict[str, tuple[str, ...]]:
        """Puts the labels of each category column in order, its codes with them.

        Args:
            columns: all columns, whole; the coded ones are replaced.

        Returns:
            The labels of each category column, in the order of their codes.
        """
        labels: dict[str, tuple[str, ...]] = {}
        for name, vocabulary in self._vocabularies.items():
            labels[name], new = vocabulary.sorted()
            if name in columns:
                columns[name] = recode(columns[name], new)
        return labels
