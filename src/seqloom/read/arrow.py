"""Arrow: IPC and Feather files, and tables in memory."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa

from seqloom.errors import DataError
from seqloom.read.settings import ReadSettings
from seqloom.read.table import Table

_SLAB_ROWS = 1 << 16
_NESTED_BYTES = 64
"""Bytes assumed for a cell of no fixed width."""


def open_arrow(path: Path, settings: ReadSettings) -> Table:
    """The table in an Arrow IPC or Feather file, or a stream of record batches; mapped into memory, not loaded.

    Raises:
        DataError: the file is not Arrow, or damaged.
    """
    try:
        with pa.memory_map(str(path)) as file:
            table = _reader(file).read_all()
    except (pa.ArrowException, OSError) as error:
        raise not_readable(path.name, "an Arrow file", error) from error
    return arrow_table(table, path.name, streamed=table.nbytes > settings.memory_bytes)


def _reader(file: pa.MemoryMappedFile) -> pa.RecordBatchFileReader | pa.RecordBatchStreamReader:
    try:
        return pa.ipc.open_file(file)
    except pa.ArrowInvalid:
        file.seek(0)
        return pa.ipc.open_stream(file)


def arrow_table(table: pa.Table, source: str, *, streamed: bool = False) -> Table:
    """The table of an Arrow table."""
    types = slab_of(table.schema.empty_table()).schema
    if streamed:
        return Table(source, types, lambda: _stream(table), streamed=True)
    return Table.of(slab_of(table), source)


def _stream(table: pa.Table) -> Iterator[pl.DataFrame]:
    return (slab_of(batch) for batch in table.to_batches(max_chunksize=_SLAB_ROWS))


def slab_of(rows: pa.Table | pa.RecordBatch) -> pl.DataFrame:
    """Arrow rows as a frame."""
    frame = pl.from_arrow(rows)
    return frame if isinstance(frame, pl.DataFrame) else frame.to_frame()


def not_readable(source: str, expected: str, error: Exception) -> DataError:
    """The error for a file Arrow refuses."""
    came = str(error).split("\n", 1)[0]
    return DataError(source, expected=expected, came=came, fix="check the ending, or write the file again")


def bytes_per_row(schema: pa.Schema) -> int:
    """Bytes of a row in memory, roughly."""
    return sum(_width(column.type) for column in schema)


def _width(dtype: pa.DataType) -> int:
    try:
        return max(int(dtype.bit_width) // 8, 1)
    except ValueError:
        return _NESTED_BYTES if pa.types.is_nested(dtype) else 8
