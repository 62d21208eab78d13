"""From a source to a data set."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from seqloom.errors import DataError
from seqloom.read.arrays import from_arrays
from seqloom.read.conform import conform, conform_dataset
from seqloom.read.ending import reading_without, schema_without, with_ending
from seqloom.read.files import open_file, tables_in
from seqloom.read.frames import PandasFrame, open_frame
from seqloom.read.long import read_long
from seqloom.read.nested import read_nested
from seqloom.read.parallel import Parallel
from seqloom.read.plain_text import from_texts, read_plain_text
from seqloom.read.recordings import files_column, read_recordings
from seqloom.read.rejects import Rejects
from seqloom.read.roles import infer
from seqloom.read.settings import ReadSettings
from seqloom.read.sink import MemorySink, SpoolSink
from seqloom.read.sound_folder import need_files, open_folder, sound_files, table_beside
from seqloom.read.table import Table
from seqloom.read.wide import read_wide
from seqloom.sequence import Array, Schema, SequenceDataset

Source: TypeAlias = (
    str | os.PathLike[str] | pl.DataFrame | pl.LazyFrame | PandasFrame | Mapping[str, Any] | Array | Sequence[Any]
)
"""A path; a Polars, pandas or Arrow table; a dictionary of columns; an array or a list of arrays."""

_READERS = {"long": read_long, "wide": read_wide, "nested": read_nested}
_INFERRED = ReadSettings()


def read(
    source: Source,
    *,
    settings: ReadSettings = _INFERRED,
    schema: Schema | None = None,
    rejected: Path | None = None,
) -> SequenceDataset:
    """Reads sequences from a file or a table.

    What the settings do not say is inferred; what was inferred stands in the `schema` and, in words, in the `notes`
    of the data set. A file larger than `settings.memory` is read into columns on disk, which are removed when the
    data set is; its rows must be in order. Where the target is a file, too, both are parallel text, line by line.

    Args:
        source: a path (CSV, Parquet, Arrow, JSON lines, `.ts`, IDX, CoNLL-U, WAV or a folder of
            these; with the layout `text` a text file or a folder of them), a table in memory, arrays, or, with the
            layout `text`, a list of texts.
        settings: roles, layout, and what to do at bad rows.
        schema: the schema of a trained model the data must fit; only targets may be absent.
        rejected: CSV file to write bad rows to, where `settings.on_error` is `skip` and there are any.

    Raises:
        MissingFileError: there is no such file.
        SchemaError: a column is missing, is not known to the schema, or cannot play its part.
        DataError: something in the data cannot be used; the message names the place.

    Example:
        >>> dataset = read({"time": ["2024-01-01", "2024-01-02", "2024-01-03"], "load": [1.0, 2.0, 4.0]})
        >>> dataset.schema.targets, dataset.schema.interval, dataset.steps["load"].tolist()
        (('load',), 86400.0, [1.0, 2.0, 4.0])
    """
    if (settings.layout if schema is None else schema.layout) == "text":
        return with_ending(_read_text(source), settings, schema)
    parallel = Parallel.found(Path(source), settings, schema) if isinstance(source, (str, os.PathLike)) else None
    settings = settings if parallel is None else parallel.settings(settings)
    asked, settings = settings, reading_without(settings) if schema is None else settings
    found = _open(source, settings, schema) if parallel is None else parallel.table(settings)
    names = found.schema.names() if isinstance(found, SequenceDataset) else tuple(found.types)
    bare = None if schema is None else schema_without(schema, settings, names)
    if isinstance(found, SequenceDataset):
        return with_ending(found if bare is None else conform_dataset(found, bare), asked, schema)
    files = _files(found, settings, bare)
    if files is not None:
        return with_ending(_recordings(found, files, _folder(source), settings, bare, rejected), asked, schema)
    if not found.types:
        raise DataError(found.source, expected="columns", came="none", fix="check that the source is the right one")
    _must_have_rows(found)
    plan = infer(found, settings) if bare is None else conform(found, bare, settings)
    rejects = Rejects(found.source, skip=settings.on_error == "skip")
    rejects.add_uneven(found, wide=plan.layout == "wide")
    sink = SpoolSink() if found.streamed else MemorySink()
    dataset = with_ending(_READERS[plan.layout](found, plan, rejects, sink), asked, schema)
    sink.own(dataset)
    if rejected is not None and rejects.reasons:
        rejects.write(found, rejected)
    return dataset


def _read_text(source: Source) -> SequenceDataset:
    """Running text, from files or from texts at hand."""
    if isinstance(source, (str, os.PathLike)):
        return read_plain_text(Path(source))
    if isinstance(source, Sequence) and all(isinstance(text, str) for text in source):
        return from_texts(source)
    fix = "name a text file or a folder, or pass a list of texts"
    raise DataError("source", expected="running text", came=type(source).__name__, fix=fix)


def _open(source: Source, settings: ReadSettings, schema: Schema | None) -> Table | SequenceDataset:
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        if not sound_files(path):
            return open_file(path, settings)
        beside = table_beside(path, tables_in(path), settings) if path.is_dir() else None
        return open_folder(path, settings) if beside is None else open_file(beside, settings)
    table = open_frame(source)
    if table is not None:
        return table
    if isinstance(source, (np.ndarray, Sequence)):
        return from_arrays(source, settings=settings, schema=schema)
    if hasattr(source, "detach"):
        return from_arrays(source.detach().cpu().numpy(), settings=settings, schema=schema)
    expected = "a path, a table, a dictionary of columns, or arrays"
    raise DataError("source", expected=expected, came=type(source).__name__, fix="convert it")


def _files(table: Table, settings: ReadSettings, schema: Schema | None) -> str | None:
    """The column of a table that names recordings, where the table is to be read as such."""
    if schema is not None:
        return None if schema.rate is None else need_files(table)
    told = settings.layout or settings.time or settings.group
    return None if told else files_column(table)


def _folder(source: Source) -> Path:
    """Where the names of files in a source begin."""
    path = Path(source) if isinstance(source, (str, os.PathLike)) else Path()
    return path if path.is_dir() else path.parent


def _recordings(
    table: Table, files: str, folder: Path, settings: ReadSettings, schema: Schema | None, rejected: Path | None
) -> SequenceDataset:
    """The recordings a table names; those of a trained model are brought to its rate."""
    if schema is not None:
        settings = settings.model_copy(update={"rate": schema.rate})
    rejects = Rejects(table.source, skip=settings.on_error == "skip")
    dataset = read_recordings(table, files, folder, settings, schema, rejects)
    if rejected is not None and rejects.reasons:
        rejects.write(table, rejected)
    return dataset if schema is None else conform_dataset(dataset, schema)


def _must_have_rows(table: Table) -> None:
    """A source of nothing but names is refused before anything is inferred from it."""
    if not next((slab.height for slab in table.slabs()), 0):
        came = "only a header" if table.types else "nothing"
        raise DataError(table.source, expected="rows of data", came=came, fix="check that the file is the right one")
