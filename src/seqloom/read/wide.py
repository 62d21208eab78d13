"""Wide tables: one row per sequence, one number column per step."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.read.assemble import Ragged, assemble
from seqloom.read.cells import Vocabulary, numbers
from seqloom.read.decoder import Decoder
from seqloom.read.keys import row_keys
from seqloom.read.plan import Plan
from seqloom.read.rejects import Rejects
from seqloom.read.sink import Sink
from seqloom.read.table import Slab, Table
from seqloom.sequence import SequenceDataset

_LENGTHS = " lengths"
_ROWS = " rows"


def read_wide(table: Table, plan: Plan, rejects: Rejects, sink: Sink) -> SequenceDataset:
    """Reads a table of one row per sequence; empty cells at the end of a row make a shorter sequence.

    Args:
        table: the source.
        plan: what each column is.
        rejects: judge of bad rows.
        sink: where the columns grow.

    Raises:
        DataError: bad cells, a row without values, or no row at all.
    """
    statics = [column for column in plan.present if column.name != plan.value]
    decoder, names = Decoder(statics), Vocabulary()
    first = 0
    for slab in table.slabs():
        matrix = _matrix(slab, plan.series, first, rejects)
        lengths = _lengths(matrix)
        empty = (np.flatnonzero(lengths == 0) + first).tolist()
        rejects.add(None, empty, expected="at least one value", came=lambda _: "only empty cells", fix="remove the row")
        columns = {
            column.name: decoder.decode(column, slab.get_column(column.name), first, rejects) for column in statics
        }
        columns |= {} if plan.group is None else {plan.group: names.encode(slab.get_column(plan.group))}
        kept = rejects.kept(first, slab.height)
        kept = np.arange(slab.height) if kept is None else kept
        inside = np.arange(matrix.shape[1]) < lengths[kept, None]
        sink.append(plan.value, matrix[kept][inside])
        for name, values in {_LENGTHS: lengths, _ROWS: np.arange(first, first + slab.height), **columns}.items():
            sink.append(name, values[kept])
        first += slab.height
    return _finish(table, plan, rejects, sink, decoder, names)


def _matrix(slab: Slab, series: tuple[str, ...], first: int, rejects: Rejects) -> NDArray[np.float64]:
    """The step columns side by side, [rows, steps]."""
    matrix = np.empty((slab.height, len(series)))
    for step, name in enumerate(series):
        cells = slab.get_column(name)
        matrix[:, step] = numbers(cells if cells.dtype != pl.Null else cells.cast(pl.Float64), first, rejects)
    return matrix


def _lengths(matrix: NDArray[np.float64]) -> NDArray[np.int64]:
    """Steps of each row up to its last value."""
    present = ~np.isnan(matrix)
    last = matrix.shape[1] - np.argmax(present[:, ::-1], axis=1)
    lengths: NDArray[np.int64] = np.where(present.any(axis=1), last, 0)
    return lengths


def _finish(
    table: Table, plan: Plan, rejects: Rejects, sink: Sink, decoder: Decoder, names: Vocabulary
) -> SequenceDataset:
    columns = sink.finish()
    lengths, rows = columns.pop(_LENGTHS, np.zeros(0)), columns.pop(_ROWS, np.zeros(0))
    if not len(lengths):
        raise DataError(table.source, expected="rows of data", came="only bad rows", fix="correct the first of them")
    categories = decoder.finish(columns)
    codes = columns.pop(plan.group) if plan.group is not None else None
    ragged = Ragged(
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        keys=row_keys(table.source, plan.group, codes, names, rows),
        steps={plan.value: columns.pop(plan.value)},
        times=None,
        rows=np.repeat(rows, lengths),
        categories=categories,
        statics=columns,
    )
    return assemble(table.source, plan, ragged, rejects.notes())
