"""Nested tables: one row per sequence, cells that hold the values of all its steps, or a text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.read.assemble import Ragged, assemble
from seqloom.read.cells import Vocabulary
from seqloom.read.decoder import Decoder
from seqloom.read.keys import row_keys
from seqloom.read.layout import is_list
from seqloom.read.plan import Plan
from seqloom.read.rejects import Rejects
from seqloom.read.sink import Sink
from seqloom.read.table import Slab, Table
from seqloom.sequence import Array, SequenceDataset

_LENGTHS = " lengths"
_ROWS = " rows"


@dataclass(frozen=True)
class _Places:
    """Passes bad values on as bad rows; values of lists with their step named.

    Args:
        rejects: judge of rows.
        rows: row number in the source of each value.
        starts: position of the first value of each value's list; None where cells hold no lists.
    """

    rejects: Rejects
    rows: NDArray[np.int64]
    starts: NDArray[np.int64] | None = None

    def add(
        self, column: str | None, rows: Iterable[int], *, expected: str, came: Callable[[int], str], fix: str
    ) -> None:
        for place in rows:
            step = "" if self.starts is None else f" in step {place - int(self.starts[place]) + 1}"
            words = came(place) + step
            self.rejects.add(column, [int(self.rows[place])], expected=expected, came=partial(_say, words), fix=fix)


def _say(words: str, _: int) -> str:
    return words


def read_nested(table: Table, plan: Plan, rejects: Rejects, sink: Sink) -> SequenceDataset:
    """Reads a table of one row per sequence whose cells hold lists, all lists of a row of one length.

    Args:
        table: the source.
        plan: what each column is; columns that hold no lists have one value per sequence.
        rejects: judge of bad rows.
        sink: where the columns grow.

    Raises:
        DataError: bad values, lists of different length in a row, time stamps out of order, or no row at all.
    """
    lists = _lists(table, plan)
    decoder, names = Decoder(plan.present), Vocabulary()
    first = 0
    for slab in table.slabs():
        lengths, good = _lengths(slab, lists, first, rejects)
        rows = good + first
        starts = np.repeat(np.cumsum(lengths) - lengths, lengths)
        judges = (_Places(rejects, rows), _Places(rejects, np.repeat(rows, lengths), starts))
        columns = _columns(slab, plan, lists, good, decoder, judges)
        columns |= {} if plan.group is None else {plan.group: names.encode(slab.get_column(plan.group).gather(good))}
        columns |= {_LENGTHS: lengths, _ROWS: rows}
        kept = ~np.isin(rows, list(rejects.reasons))
        for name, values in columns.items():
            mask = np.repeat(kept, lengths) if name in lists else kept
            sink.append(name, values if kept.all() else values[mask])
        first += slab.height
    return _finish(table, plan, lists, sink, (decoder, names, rejects))


def _lists(table: Table, plan: Plan) -> list[str]:
    """Names of the columns whose cells hold lists; where there are none, of those that hold texts, lists of one."""
    names = [*(column.name for column in plan.present), *([plan.time] if plan.time else [])]
    lists = [name for name in names if is_list(table.types[name])]
    lists = lists or [column.name for column in plan.present if column.kind == "text"]
    if not lists:
        raise DataError(table.source, expected="cells that hold lists", came="none", fix="pass --layout long or wide")
    return lists


def _cells(slab: Slab, name: str) -> pl.Series:
    """A column of lists; those of a fixed size as lists like all others, and each text as a list of one."""
    cells = slab.get_column(name)
    if not is_list(cells.dtype):
        cells = cells.reshape((-1, 1))
    return cells.arr.to_list() if isinstance(cells.dtype, pl.Array) else cells


def _lengths(slab: Slab, lists: list[str], first: int, rejects: Rejects) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Steps of each row whose lists agree, and which rows these are, counted within the slab."""
    counts = {name: _cells(slab, name).list.len().fill_null(0).to_numpy().astype(np.int64) for name in lists}
    lengths = counts[lists[0]]
    for name, count in counts.items():
        rejects.add(
            name,
            (np.flatnonzero((count != lengths) | (count == 0)) + first).tolist(),
            expected=f"as many values as in '{lists[0]}', and at least one",
            came=partial(_say_counts, count, lengths, first),
            fix="make the lists of a row equally long",
        )
    kept = rejects.kept(first, slab.height)
    good = np.arange(slab.height) if kept is None else kept
    return lengths[good], good


def _say_counts(count: NDArray[np.int64], lengths: NDArray[np.int64], first: int, row: int) -> str:
    return f"{count[row - first]} values instead of {lengths[row - first]}"


def _columns(
    slab: Slab,
    plan: Plan,
    lists: list[str],
    good: NDArray[np.int64],
    decoder: Decoder,
    judges: tuple[_Places, _Places],
) -> dict[str, Array]:
    """Decodes the columns of the good rows of a slab; the judges are that of rows and that of steps."""
    columns: dict[str, Array] = {}
    for column in plan.present:
        listed = column.name in lists
        cells = _flat(slab, column.name, good) if listed else slab.get_column(column.name).gather(good)
        columns[column.name] = decoder.decode(column, cells, 0, judges[listed])
    if plan.clock is not None:
        judge = judges[True]
        times = plan.clock.read(_flat(slab, plan.clock.column, good), 0, judge)
        back = np.flatnonzero((times[1:] <= times[:-1]) & (judge.rows[1:] == judge.rows[:-1])) + 1
        judge.add(
            plan.time,
            back.tolist(),
            expected="each time stamp later than the last",
            came=partial(_say, "one that is not later"),
            fix="sort the lists by time and remove repeated time stamps",
        )
        columns[plan.clock.column] = times
    return columns


def _flat(slab: Slab, name: str, good: NDArray[np.int64]) -> pl.Series:
    """The values of the lists of the good rows, one list after the other."""
    return _cells(slab, name).gather(good).explode()


def _finish(
    table: Table, plan: Plan, lists: list[str], sink: Sink, tools: tuple[Decoder, Vocabulary, Rejects]
) -> SequenceDataset:
    decoder, names, rejects = tools
    columns = sink.finish()
    lengths, rows = columns.pop(_LENGTHS, np.zeros(0)), columns.pop(_ROWS, np.zeros(0))
    if not len(lengths):
        raise DataError(table.source, expected="rows of data", came="only bad rows", fix="correct the first of them")
    categories = decoder.finish(columns)
    codes = columns.pop(plan.group) if plan.group is not None else None
    times = columns.pop(plan.time) if plan.time is not None else None
    ragged = Ragged(
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        keys=row_keys(table.source, plan.group, codes, names, rows),
        steps={name: values for name, values in columns.items() if name in lists},
        times=times,
        rows=np.repeat(rows, lengths),
        categories=categories,
        statics={name: values for name, values in columns.items() if name not in lists},
    )
    return assemble(table.source, plan, ragged, rejects.notes())
