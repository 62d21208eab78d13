"""What a reader will do with each column of a table."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from seqloom.errors import SchemaError
from seqloom.read.clock import Clock
from seqloom.read.table import Table
from seqloom.sequence import Column, Layout, Schema

VALUE = "value"
"""Name of the one step column of a wide table, where no column of its own is called so."""


@dataclass(frozen=True)
class Plan:
    """Roles of all columns, before their values are read.

    Args:
        layout: how rows and sequences relate.
        columns: columns to be read, and targets that may be absent, in order.
        clock: the time column, if there is one.
        group: the column that tells sequences apart, if there is one.
        series: the step columns of a wide table, in order.
        ignored: columns not to be read.
        absent: targets the table does not have.
        per_step_target: whether targets have a value per step; None where the values will tell.
        schema: the schema the table must fit; None where one is being inferred.
        sort: whether rows whose time stamps go back are put in order; otherwise they are refused.
        ties: whether rows of a sequence may share a time stamp.
        notes: what was decided, in plain sentences.
    """

    layout: Layout
    columns: tuple[Column, ...]
    clock: Clock | None = None
    group: str | None = None
    series: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    per_step_target: bool | None = None
    schema: Schema | None = None
    sort: bool = False
    ties: bool = False
    notes: tuple[str, ...] = ()

    @property
    def present(self) -> tuple[Column, ...]:
        """The columns the table has."""
        return tuple(column for column in self.columns if column.name not in self.absent)

    @property
    def value(self) -> str:
        """Name of the one step column of a wide table: its last."""
        return self.columns[-1].name

    @property
    def time(self) -> str | None:
        """Name of the time column."""
        return None if self.clock is None else self.clock.column


def value_name(taken: Collection[str]) -> str:
    """A name for the one step column of a wide table that no other column has.

    Example:
        >>> value_name(["label"]), value_name(["value"])
        ('value', 'values')
    """
    name = VALUE
    while name in taken:
        name += "s"
    return name


def need_columns(table: Table, names: Iterable[str]) -> None:
    """Checks that a table has these columns.

    Raises:
        SchemaError: one is missing; the closest name is suggested.
    """
    for name in names:
        if name not in table.types:
            raise no_such_column(table.source, name, table.types)


def no_such_column(source: str, name: str, names: Iterable[str], fix: str = "name one of them") -> SchemaError:
    """The error for a column that is not there, with the closest name there is, or else with a fix."""
    known = list(names)
    close = get_close_matches(name, known, n=1, cutoff=0.5) or [
        other for other in known if other.lower() == name.lower()
    ]
    fix = f"did you mean '{close[0]}'?" if close else fix
    shown = ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")  # noqa: PLR2004 - what fits one line
    return SchemaError(source, expected=f"a column '{name}'", came=f"columns {shown}", fix=fix)
