"""Parquet files."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from seqloom.read.arrow import bytes_per_row, not_readable, slab_of
from seqloom.read.settings import ReadSettings
from seqloom.read.table import LazySlab, Table

_SLAB_ROWS = 1 << 16
"""Rows decoded at once where the file is larger than memory."""
_BUFFER_BYTES = 1 << 20
"""Bytes fetched at once; without a limit, whole row groups are held until the end."""


def open_parquet(path: Path, settings: ReadSettings) -> Table:
    """The table in a Parquet file; columns are read one by one, or in batches of rows where memory is too small.

    Raises:
        DataError: the file is not Parquet, or damaged.
    """
    try:
        with pq.ParquetFile(path) as file:
            schema, height = file.schema_arrow, file.metadata.num_rows
            uncompressed = sum(file.metadata.row_group(group).total_byte_size for group in range(file.num_row_groups))
    except (pa.ArrowException, OSError) as error:
        raise not_readable(path.name, "a Parquet file", error) from error
    types = slab_of(schema.empty_table()).schema
    if max(uncompressed, height * bytes_per_row(schema)) > settings.memory_bytes:
        return Table(path.name, types, lambda: _stream(path), streamed=True)
    lazy = pl.scan_parquet(path)
    return Table(path.name, types, lambda: iter([LazySlab(lazy, height, path.name)]))


def _stream(path: Path) -> Iterator[pl.DataFrame]:
    try:
        with pq.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER_BYTES) as file:
            for batch in file.iter_batches(batch_size=_SLAB_ROWS, use_threads=False):
                yield slab_of(batch)
    except (pa.ArrowException, OSError) as error:
        raise not_readable(path.name, "a Parquet file", error) from error
