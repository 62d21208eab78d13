"""JSON lines: one object per row."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from seqloom.errors import DataError
from seqloom.read.settings import ReadSettings
from seqloom.read.table import SAMPLE, Table
from seqloom.read.text import decode, line_blocks, opened, read_bytes, unpacked_size

_HEAD_BYTES = 1 << 20
_SLAB_BYTES = 16 << 20


def open_json_lines(path: Path, settings: ReadSettings) -> Table:
    """The table in a file of JSON objects, one per line.

    Raises:
        DataError: an empty file, or a line that is no JSON object.
    """
    if unpacked_size(path) > settings.memory_bytes:
        head = _parse(next(line_blocks(path, _HEAD_BYTES), b""), path, None)
        types = {name: pl.Float64() if dtype.is_integer() else dtype for name, dtype in head.schema.items()}
        return Table(path.name, types, lambda: _stream(path, types), streamed=True)
    return Table.of(_parse(read_bytes(path), path, None), path.name)


def _stream(path: Path, types: dict[str, pl.DataType]) -> Iterator[pl.DataFrame]:
    return (_parse(block, path, types) for block in line_blocks(path, _SLAB_BYTES))


def _parse(data: bytes, path: Path, types: dict[str, pl.DataType] | None) -> pl.DataFrame:
    """The rows in some bytes; types are inferred from the first rows, and from all where those mislead."""
    if not data.strip():
        raise DataError(path.name, expected="JSON lines", came="an empty file", fix="check that it is the right one")
    try:
        return pl.read_ndjson(io.BytesIO(data), schema=types, infer_schema_length=SAMPLE)
    except PolarsError as error:
        find_bad_line(path)
        try:
            return pl.read_ndjson(io.BytesIO(data), infer_schema_length=None)
        except PolarsError:
            came = str(error).split("\n", 1)[0]
            fix = "give every line the same keys and types"
            raise DataError(path.name, expected="JSON lines", came=came, fix=fix) from error


def find_bad_line(path: Path) -> None:
    """Looks for the line that is no JSON object.

    Raises:
        DataError: there is one.
    """
    with opened(path) as file:
        for number, line in enumerate(file):
            text = decode(line, path.name, number)
            if not text.strip():
                continue
            try:
                found = json.loads(text)
            except json.JSONDecodeError as error:
                raise _bad_line(path, number, error.msg) from error
            if not isinstance(found, dict):
                raise _bad_line(path, number, type(found).__name__)


def _bad_line(path: Path, number: int, came: str) -> DataError:
    fix = "write one JSON object per line"
    return DataError(f"{path.name}, line {number + 1}", expected="a JSON object", came=came, fix=fix)
