"""Long tables: one row per step, with a column that tells sequences apart and one that tells the time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.read.assemble import Ragged, assemble
from seqloom.read.cells import Vocabulary
from seqloom.read.decoder import Decoder
from seqloom.read.order import Disorder, Order, drop_duplicates, must_be_ordered, must_not_go_back, sort_rows
from seqloom.read.plan import Plan
from seqloom.read.rejects import Rejects
from seqloom.read.sink import Sink
from seqloom.read.table import Slab, Table
from seqloom.sequence import Array, SequenceDataset

WHOLE = "0"
"""Key of the only sequence of a table without groups."""


@dataclass(frozen=True)
class _Walk:
    """What grows while the slabs go by."""

    plan: Plan
    rejects: Rejects
    decoder: Decoder
    groups: Vocabulary
    order: Order
    sink: Sink


def read_long(table: Table, plan: Plan, rejects: Rejects, sink: Sink) -> SequenceDataset:
    """Reads a table of one row per step.

    Sequences whose rows do not lie together are put together in memory, and the original row numbers are kept; a
    streamed table must be in order. Time stamps that go back are refused unless the plan says to sort them.

    Args:
        table: the source.
        plan: what each column is.
        rejects: judge of bad rows.
        sink: where the columns grow.

    Raises:
        DataError: bad cells, time stamps that repeat or go back, no row at all, or a streamed table out of order.
    """
    walk = _Walk(plan, rejects, Decoder(plan.present), Vocabulary(), Order(plan.group, plan.time, ties=plan.ties), sink)
    first = 0
    for slab in table.slabs():
        _see(walk, slab, first)
        if table.streamed and walk.order.disorder is not None:
            raise must_be_ordered(table.source, walk.order.disorder, plan.group, plan.time)
        first += slab.height
    return _finish(table, walk, first)


def _see(walk: _Walk, slab: Slab, first: int) -> None:
    """Decodes one slab, sets its bad rows aside and appends the others."""
    codes = _read_group(walk, slab, first)
    times = None if walk.plan.clock is None else _read_times(walk, slab, first)
    values = {
        column.name: walk.decoder.decode(column, slab.get_column(column.name), first, walk.rejects)
        for column in walk.plan.present
    }
    kept = walk.rejects.kept(first, slab.height)
    for name, column in [(walk.plan.group, codes), (walk.plan.time, times), *values.items()]:
        if name is not None and column is not None:
            walk.sink.append(name, column if kept is None else column[kept])
    if kept is not None:
        codes, times = (None if keys is None else keys[kept] for keys in (codes, times))
    walk.order.see(codes, times, lambda place: first + (place if kept is None else int(kept[place])))


def _read_times(walk: _Walk, slab: Slab, first: int) -> Array | None:
    clock = walk.plan.clock
    return None if clock is None else clock.read(slab.get_column(clock.column), first, walk.rejects)


def _read_group(walk: _Walk, slab: Slab, first: int) -> Array | None:
    if walk.plan.group is None:
        return None
    codes = walk.groups.encode(slab.get_column(walk.plan.group))
    missing = (np.flatnonzero(codes < 0) + first).tolist()
    fix = "fill in which sequence the row belongs to, or remove it"
    walk.rejects.add(walk.plan.group, missing, expected="a name of a sequence", came=lambda _: "an empty cell", fix=fix)
    return codes


def _finish(table: Table, walk: _Walk, height: int) -> SequenceDataset:
    """Sorts where needed, finds the sequences and builds the data set."""
    columns = walk.sink.finish()
    rows = walk.rejects.kept(0, height)
    length = height if rows is None else len(rows)
    if not length:
        raise DataError(table.source, expected="rows of data", came="only bad rows", fix="correct the first of them")
    categories = walk.decoder.finish(columns)
    codes = columns.pop(walk.plan.group) if walk.plan.group is not None else None
    times = columns.pop(walk.plan.time) if walk.plan.time is not None else None
    notes: tuple[str, ...] = ()
    starts = walk.order.starts()
    if walk.order.disorder is not None:
        order = _sort(table.source, walk, codes, times, rows)
        notes = (_sorted_note(walk, walk.order.disorder),)
        for name in columns:
            columns[name] = columns[name][order]
        codes, times = (None if keys is None else keys[order] for keys in (codes, times))
        rows = order if rows is None else rows[order]
        length = len(order)
        starts = _starts(codes)
    ragged = Ragged(np.append(starts, length), _keys(walk, codes, starts), columns, times, rows, categories)
    return assemble(table.source, walk.plan, ragged, (*notes, *walk.rejects.notes()))


def _sort(
    source: str, walk: _Walk, codes: Array | None, times: Array | None, rows: NDArray[np.int64] | None
) -> NDArray[np.int64]:
    def row_of(place: int) -> int:
        return place if rows is None else int(rows[place])

    if times is not None and not walk.plan.sort:
        must_not_go_back(source, codes, times, row_of, walk.plan.time or "")
    order = sort_rows(codes, times)
    if walk.plan.ties:
        return order
    return drop_duplicates(codes, times, order, row_of, walk.rejects, walk.plan.time or "")


def _sorted_note(walk: _Walk, disorder: Disorder) -> str:
    columns = " and ".join(f"'{name}'" for name in (walk.plan.group, walk.plan.time) if name is not None)
    return f"rows were sorted by {columns}: row {disorder.row + 1} holds {disorder.reason}"


def _starts(codes: Array | None) -> NDArray[np.int64]:
    if codes is None:
        return np.zeros(1, dtype=np.int64)
    return np.concatenate([[0], np.flatnonzero(codes[1:] != codes[:-1]) + 1]).astype(np.int64)


def _keys(walk: _Walk, codes: Array | None, starts: NDArray[np.int64]) -> Array:
    if codes is None:
        return np.array([WHOLE])
    labels = np.array(walk.groups.labels)
    keys: Array = labels[codes[starts]]
    return keys
