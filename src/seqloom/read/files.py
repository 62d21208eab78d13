"""Which reader opens which file."""

import re
from collections.abc import Callable
from pathlib import Path

from seqloom.errors import DataError, MissingFileError
from seqloom.read.abc import read_abc
from seqloom.read.arrow import open_arrow
from seqloom.read.conllu import read_conllu
from seqloom.read.delimited import open_delimited
from seqloom.read.idx import read_idx
from seqloom.read.json_lines import open_json_lines
from seqloom.read.json_rolls import read_json_rolls
from seqloom.read.midi import read_midi
from seqloom.read.music_folder import holds_music, read_music_folder
from seqloom.read.numpy_images import read_numpy_images
from seqloom.read.parquet import open_parquet
from seqloom.read.settings import ReadSettings
from seqloom.read.table import Table
from seqloom.read.ts import read_ts
from seqloom.sequence import SequenceDataset

_TABLES: dict[str, Callable[[Path, ReadSettings], Table]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"), open_delimited),
    **dict.fromkeys((".parquet", ".pq"), open_parquet),
    **dict.fromkeys((".arrow", ".feather", ".ipc"), open_arrow),
    **dict.fromkeys((".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"), open_json_lines),
}
_SEQUENCES: dict[str, Callable[[Path, ReadSettings], SequenceDataset]] = {
    **dict.fromkeys((".ts", ".ts.gz"), read_ts),
    **dict.fromkeys((".idx", ".idx.gz"), read_idx),
    **dict.fromkeys((".conllu", ".conllu.gz"), read_conllu),
    ".npy": read_numpy_images,
    **dict.fromkeys((".json", ".json.gz"), read_json_rolls),
    **dict.fromkeys((".mid", ".midi"), read_midi),
    **dict.fromkeys((".abc", ".abc.gz"), read_abc),
}
_IDX_NAME = re.compile(r".*[-.]idx\d(-ubyte)?(\.gz)?|.*-ubyte(\.gz)?")


def open_file(path: Path, settings: ReadSettings) -> Table | SequenceDataset:
    """The table, or the sequences, in a file; its ending says how it is written. A folder may hold music.

    Raises:
        MissingFileError: there is no such file, or it may not be read.
        DataError: a directory, an empty file, an ending that is not known, or contents that do not fit it.
    """
    ending = _ending(path)
    try:
        if path.is_dir() and holds_music(path):
            return read_music_folder(path, settings)
        _check(path)
        if ending in _TABLES:
            return _TABLES[ending](path, settings)
        if ending in _SEQUENCES or _IDX_NAME.fullmatch(path.name):
            return _SEQUENCES.get(ending, read_idx)(path, settings)
    except PermissionError as error:
        fix = "change its permissions"
        raise MissingFileError(str(path), expected="a file that may be read", came="no permission", fix=fix) from error
    known = ", ".join(name for name in [*_TABLES, *_SEQUENCES] if not name.endswith(".gz"))
    expected = f"one of the endings {known} (text also with .gz), or an IDX file"
    raise DataError(path.name, expected=expected, came=f"'{ending}'", fix="convert or rename the file")


def tables_in(folder: Path) -> list[Path]:
    """The tables in a folder, by their endings; plain text is none."""
    return sorted(file for file in folder.iterdir() if _ending(file) in _TABLES and ".txt" not in _ending(file))


def _ending(path: Path) -> str:
    suffixes = path.suffixes[-2:] if path.suffix == ".gz" else path.suffixes[-1:]
    return "".join(suffixes).lower()


def _check(path: Path) -> None:
    if not path.exists():
        near = f"the folder {path.parent} does not exist" if not path.parent.is_dir() else "nothing"
        raise MissingFileError(str(path), expected="a file", came=near, fix="check the path")
    if path.is_dir():
        inside = sorted(child.name for child in path.iterdir() if _ending(child) in (*_TABLES, *_SEQUENCES))
        fix = f"name a file in it, such as {path / inside[0]}" if inside else "name a file"
        raise DataError(str(path), expected="a file", came="a directory", fix=fix)
    if path.is_file() and not path.stat().st_size:
        raise DataError(path.name, expected="data", came="an empty file", fix="check that the file is the right one")
