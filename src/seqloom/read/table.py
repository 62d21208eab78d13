"""A source of rows and columns, whatever file or object it comes from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl
from polars.exceptions import PolarsError

from seqloom.errors import DataError

SAMPLE = 10_000
"""How many values a decision about a column looks at."""


class Slab(Protocol):
    """Consecutive rows of a table; columns are fetched one by one."""

    @property
    def height(self) -> int:
        """Number of rows."""

    def get_column(self, name: str) -> pl.Series:
        """One column of these rows."""


@dataclass(frozen=True)
class LazySlab:
    """Rows that stay on disk until a column of them is asked for.

    Args:
        frame: the rows.
        height: how many there are.
        source: name of the file, for messages.
    """

    frame: pl.LazyFrame
    height: int
    source: str

    def get_column(self, name: str) -> pl.Series:
        """One column, read from disk.

        Raises:
            DataError: the file is damaged there.
        """
        try:
            return self.frame.select(pl.col(name)).collect().get_column(name)
        except PolarsError as error:
            came = str(error).split("\n", 1)[0]
            where = f"{self.source}, column '{name}'"
            raise DataError(where, expected="readable values", came=came, fix="write the file again") from error


@dataclass(frozen=True)
class Table:
    """Named, typed columns, handed out as slabs in the order of the source.

    Args:
        source: name of the source, for messages.
        types: type of each column, in order.
        slabs: starts a walk over the rows. A table that fits in memory is one slab.
        streamed: whether the table is too large for memory and comes in many slabs.
        named: whether the column names come from the source (not made up for a file without a header).
        uneven: rows that have too many or too few fields, with the number of their fields.
        notes: what the reader decided on its own, in plain sentences.
    """

    source: str
    types: Mapping[str, pl.DataType]
    slabs: Callable[[], Iterator[Slab]]
    streamed: bool = False
    named: bool = True
    uneven: Mapping[int, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, frame: pl.DataFrame, source: str, *, named: bool = True, notes: tuple[str, ...] = ()) -> "Table":
        """The table of a frame in memory."""
        return cls(source, frame.schema, lambda: iter([frame]), named=named, notes=notes)

    def first(self, name: str) -> pl.Series:
        """A column of the first slab: all of it where the table fits in memory."""
        return next(self.slabs()).get_column(name)

    def sample(self, name: str) -> pl.Series:
        """The first values of a column that are not missing."""
        return self.first(name).drop_nulls().head(SAMPLE)
