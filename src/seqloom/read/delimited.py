"""Text tables: CSV and its kin, with any delimiter, packed or not."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from seqloom.errors import DataError
from seqloom.read.settings import ReadSettings
from seqloom.read.sniff import MISSING, Dialect, sniff
from seqloom.read.table import SAMPLE, Table
from seqloom.read.text import find_undecodable, first_lines, line_blocks, read_bytes, unpacked_size

_LINES = 50
"""Lines the dialect is sniffed from."""
_REASON = 120
"""Characters of a parser's own words that fit one line."""
_HEAD_BYTES = 1 << 20
_SLAB_BYTES = 4 << 20
"""Text decoded at once where the file is larger than memory."""

Types = Mapping[str, pl.DataType]


def open_delimited(path: Path, settings: ReadSettings) -> Table:
    """The table in a text file.

    The delimiter is sniffed; a file without a header gets the names c0, c1, ... Empty cells and the usual words for
    them (`NA`, `NaN`, `null`, `?`, ...) are missing values; blank lines are no rows.

    Args:
        path: the file; packed by gzip where its first bytes say so.
        settings: delimiter and memory.

    Raises:
        DataError: an empty file, or bytes that are no UTF-8.
    """
    dialect = sniff(first_lines(path, _LINES), path.name, settings.delimiter)
    notes = _notes(path, dialect)
    if unpacked_size(path) > settings.memory_bytes:
        types = _streamed_types(path, dialect)
        return Table(
            path.name, types, lambda: _stream(path, dialect, types), streamed=True, named=dialect.header, notes=notes
        )
    frame, uneven = _parse(read_bytes(path), path, dialect, None)
    return Table(path.name, frame.schema, lambda: iter([frame]), named=dialect.header, notes=notes, uneven=uneven)


def _notes(path: Path, dialect: Dialect) -> tuple[str, ...]:
    notes = []
    if not dialect.header:
        advice = "add a first line with names to choose them"
        notes.append(f"{path.name} has no header: columns are called c0, c1, ...; {advice}")
    if dialect.decimal_comma:
        notes.append("numbers are read with a decimal comma")
    return tuple(notes)


def _streamed_types(path: Path, dialect: Dialect) -> Types:
    """Column types from the head of a file; whole numbers may turn out to be decimal later on."""
    head = next(line_blocks(path, _HEAD_BYTES))
    frame, _ = _parse(head, path, dialect, None)
    return {name: pl.Float64() if dtype.is_integer() else dtype for name, dtype in frame.schema.items()}


def _stream(path: Path, dialect: Dialect, types: Types) -> Iterator[pl.DataFrame]:
    """The rows, some at a time; a row with too many or too few fields ends the walk."""
    first, header = 0, dialect.header
    for block in line_blocks(path, _SLAB_BYTES):
        frame, uneven = _parse(block, path, replace(dialect, header=header), types)
        for row, count in uneven.items():
            fix = "correct the line; text with the delimiter in it needs quotes"
            where = f"{path.name}, row {first + row + 1}"
            raise DataError(where, expected=f"{len(types)} fields", came=f"{count}", fix=fix)
        yield frame
        first, header = first + frame.height, False


def _parse(data: bytes, path: Path, dialect: Dialect, types: Types | None) -> tuple[pl.DataFrame, dict[int, int]]:
    """The rows in some bytes, and how many fields those rows have that have too many or too few.

    Types are inferred from the first rows, and from all rows where the first ones mislead. Where given types do not
    fit, cells stay text, so that the one to blame can be named later.
    """
    data = _normal(data, dialect)
    try:
        frame = _read(data, dialect, types, sample=SAMPLE, truncate=False)
    except PolarsError as error:
        frame = _read_again(data, path, dialect, types, error)
        return frame, _uneven(data, dialect)
    suspicious = len(frame.columns) > 1 and frame.height and frame.to_series(-1).null_count()
    return frame, _uneven(data, dialect) if suspicious else {}


def _read_again(data: bytes, path: Path, dialect: Dialect, types: Types | None, error: PolarsError) -> pl.DataFrame:
    text = None if types is None else dict.fromkeys(types, pl.String())
    try:
        return _read(data, dialect, text, sample=None, truncate=True)
    except PolarsError:
        find_undecodable(path)
        came = str(error).split("\n", 1)[0][:_REASON]
        fix = "check its quotes, or name the delimiter with --delimiter"
        raise DataError(path.name, expected="a table", came=came, fix=fix) from error


def _read(data: bytes, dialect: Dialect, types: Types | None, *, sample: int | None, truncate: bool) -> pl.DataFrame:
    frame = pl.read_csv(
        io.BytesIO(data),
        separator=dialect.delimiter,
        has_header=dialect.header,
        schema_overrides=None if types is None else list(types.values()),
        null_values=list(MISSING),
        infer_schema_length=sample,
        decimal_comma=dialect.decimal_comma,
        truncate_ragged_lines=truncate,
        raise_if_empty=False,
    )
    return frame.rename(dict(zip(frame.columns, dialect.columns, strict=False)))


def _normal(data: bytes, dialect: Dialect) -> bytes:
    """Text without byte-order mark and blank lines, and with one blank between fields where blanks part them.

    Within quotes lines may well be blank, and where there is one column a blank line is a missing value: there only
    the last lines are dropped.
    """
    data = data.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n ")
    if dialect.delimiter == " ":
        data = re.sub(rb"(?m)^ | (?=\r?$)", b"", re.sub(rb"[ \t]+", b" ", data))
    if b'"' not in data and len(dialect.columns) > 1 and re.search(rb"\n\r?\n", data):
        data = re.sub(rb"\n(\r?\n)+", b"\n", data)
    return data


def _uneven(data: bytes, dialect: Dialect) -> dict[int, int]:
    """Fields of each row that has not as many as there are columns."""
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace", newline="")
    reader = csv.reader(lines, delimiter=dialect.delimiter)
    if dialect.header:
        next(reader, None)
    width = len(dialect.columns)
    return {row: len(cells) for row, cells in enumerate(reader) if len(cells) != width}
