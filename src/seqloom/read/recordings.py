"""Recordings: a table that names sound files, or arrays of samples, as sequences of samples."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from seqloom.errors import InputError, SchemaError
from seqloom.read.decoder import Decoder
from seqloom.read.kinds import find_kinds
from seqloom.read.plan import no_such_column
from seqloom.read.rejects import Rejects
from seqloom.read.settings import ReadSettings
from seqloom.read.sink import MemorySink, Sink, SpoolSink
from seqloom.read.table import Table
from seqloom.read.wav import Samples, as_samples, read_wav
from seqloom.sequence import Array, Column, Kind, Role, Schema, SequenceDataset

SOUND = "sound"
"""Name of the column of samples."""
ENDING = ".wav"
TRANSCRIPT = "transcript"
LABELS = ("label", TRANSCRIPT)
"""Names by which a target is known that nobody named."""
BYTES_PER_SAMPLE = 2
"""Of a usual recording; in memory a sample takes twice as many."""


def files_column(table: Table) -> str | None:
    """The column whose cells all name WAV files; None where there is none."""
    for name, dtype in table.types.items():
        if isinstance(dtype, pl.String):
            sample = table.sample(name)
            if len(sample) and sample.str.to_lowercase().str.ends_with(ENDING).all():
                return name
    return None


def read_recordings(
    table: Table,
    files: str,
    folder: Path,
    settings: ReadSettings,
    schema: Schema | None = None,
    rejects: Rejects | None = None,
) -> SequenceDataset:
    """Reads the recordings a table names, one sequence of samples each.

    Of the other columns only those are used that the settings or the schema name: who spoke, or which take it is, is
    seldom known of what is to be predicted. Where no target is named it is the only other column, or the one called
    `label` or `transcript`.

    Args:
        table: one row per recording.
        files: its column of file names.
        folder: where these begin.
        settings: roles of the columns, `rate`, and what to do at a file that cannot be used.
        schema: the schema of a trained model the data must fit; only targets may be absent.
        rejects: judge of bad rows.

    Raises:
        SchemaError: a column is missing, or no target can be told from the others.
        InputError: a file is missing, no WAV, damaged, empty, or of an unsupported encoding.
    """
    rejects = rejects or Rejects(table.source, skip=settings.on_error == "skip")
    columns = _columns(table, files, settings) if schema is None else _known(table, schema)
    cells = pl.DataFrame({name: table.first(name) for name in [files, *(column.name for column in columns)]})
    paths = [folder / name for name in cells[files].to_list()]
    sink: Sink = SpoolSink() if _size(paths) > settings.memory_bytes else MemorySink()
    lengths, rate = _append_all(paths, settings.rate, sink, rejects)
    kept = [row for row in range(len(paths)) if row not in rejects.reasons]
    if not kept:
        fix = "correct the first of them"
        raise SchemaError(table.source, expected="recordings", came="only unusable ones", fix=fix)
    decoder = Decoder(columns)
    statics = {column.name: decoder.decode(column, cells[column.name].gather(kept), 0, rejects) for column in columns}
    categories = decoder.finish(statics)
    samples = sink.finish()[SOUND]
    ignored = tuple(name for name in table.types if name != files and name not in statics)
    dataset = SequenceDataset(
        schema=sound_schema(columns, rate, group=files, ignored=ignored),
        offsets=_offsets(lengths),
        steps={SOUND: samples},
        statics=statics,
        categories=categories,
        keys=_keys(cells[files].gather(kept).to_list()),
        source=table.source,
        notes=(*table.notes, *_notes(rate, ignored, schema), *rejects.notes()),
    )
    sink.own(dataset)
    return dataset


def sounds_of_arrays(
    sequences: Iterable[Array],
    statics: Mapping[str, Array],
    categories: Mapping[str, tuple[str, ...]],
    kinds: Mapping[str, Kind],
    rates: tuple[int, int | None],
) -> SequenceDataset:
    """Recordings handed over as arrays.

    Args:
        sequences: samples of each, [T] or [T, channels].
        statics: target columns, each [S].
        categories: labels of those that hold codes.
        kinds: what each of them holds.
        rates: samples per second the arrays have, and those they are brought to; None: as they are.
    """
    rate, wanted = rates[0], rates[1] or rates[0]
    parts = [
        as_samples(np.asarray(values), rate, wanted, f"arrays, sequence {place}")
        for place, values in enumerate(sequences)
    ]
    columns = tuple(Column(name=name, kind=kinds[name], role="target") for name in statics)
    return SequenceDataset(
        schema=sound_schema(columns, wanted),
        offsets=_offsets([len(part) for part in parts]),
        steps={SOUND: np.concatenate(parts)},
        statics=dict(statics),
        categories=dict(categories),
        keys=np.arange(len(parts)).astype(str),
        source="arrays",
    )


def sound_schema(
    columns: Iterable[Column], rate: int, *, group: str | None = None, ignored: tuple[str, ...] = ()
) -> Schema:
    """The schema of recordings with these columns beside the sound."""
    every = (Column(name=SOUND, kind="sound", role="past"), *columns)
    return Schema(layout="nested", columns=every, rate=rate, group=group, ignored=ignored, per_step_target=False)


def _append_all(paths: list[Path], rate: int | None, sink: Sink, rejects: Rejects) -> tuple[list[int], int]:
    """Add the samples of all files to the sink; their lengths, and the rate they were brought to."""
    lengths: list[int] = []
    for row, path in enumerate(paths):
        try:
            own, values = read_wav(path)
            samples: Samples = as_samples(values, own, rate or own, str(path))
        except InputError as error:
            if not rejects.skip:
                raise
            rejects.reasons.setdefault(row, str(error))
            continue
        rate = rate or own
        sink.append(SOUND, samples)
        lengths.append(len(samples))
    return lengths, rate or 0


def _columns(table: Table, files: str, settings: ReadSettings) -> tuple[Column, ...]:
    """The columns that are used beside the files, from what the settings name."""
    others = [name for name in table.types if name != files and name not in settings.ignore]
    for name in settings.named:
        if name not in table.types and not others:
            fix = "say what the names mean with --file-names, as in {digit}_{speaker}, or put a table beside them"
            raise SchemaError(table.source, expected=f"a column '{name}'", came="nothing but recordings", fix=fix)
        if name not in table.types:
            raise no_such_column(table.source, name, others)
    targets = settings.target or tuple(_told(table.source, others, settings))
    names = [name for name in others if name in (*targets, *settings.named)]
    texts = tuple(name for name in targets if name.lower() == TRANSCRIPT and name not in settings.categories)
    told = settings.model_copy(update={"static": tuple(names), "text": (*settings.text, *texts)})
    kinds, _ = find_kinds(table, told, names)
    roles: dict[str, Role] = {name: "target" if name in targets else "static" for name in names}
    return tuple(Column(name=name, kind=kinds[name], role=roles[name]) for name in names)


def _told(source: str, others: list[str], settings: ReadSettings) -> Iterator[str]:
    """The target nobody named.

    Raises:
        SchemaError: several columns may be it.
    """
    free = [name for name in others if name not in settings.static]
    known = [name for name in free if name.lower() in LABELS] or free
    if len(known) > 1:
        came = f"columns {', '.join(known[:12])}"
        raise SchemaError(source, expected="a target column", came=came, fix="name it with --target COLUMN")
    yield from known


def _known(table: Table, schema: Schema) -> tuple[Column, ...]:
    """The columns of a schema that the table has; what else it has is left out.

    Raises:
        SchemaError: one that is no target is missing.
    """
    columns = tuple(column for column in schema.columns if column.kind != "sound")
    for column in columns:
        if column.role != "target" and column.name not in table.types:
            raise no_such_column(table.source, column.name, table.types, "add the column")
    return tuple(column for column in columns if column.name in table.types)


def _notes(rate: int, ignored: tuple[str, ...], schema: Schema | None) -> Iterator[str]:
    if schema is not None:
        return
    yield f"recordings are brought to {rate:,} samples per second"
    if ignored:
        yield f"not used: {', '.join(ignored[:12])}; --static names columns that are known of new recordings too"


def _keys(names: Sequence[str]) -> Array:
    """What the files are called, without their folders where that is enough to tell them apart."""
    paths = [Path(name).with_suffix("") for name in names]
    stems = [path.name for path in paths]
    return np.array(stems if len(set(stems)) == len(stems) else [path.as_posix() for path in paths])


def _size(paths: Iterable[Path]) -> int:
    """Bytes that the samples of all files will take in memory, roughly."""
    sizes = sum(path.stat().st_size for path in paths if path.is_file())
    return sizes * np.dtype(np.float32).itemsize // BYTES_PER_SAMPLE


def _offsets(lengths: Sequence[int]) -> Array:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
