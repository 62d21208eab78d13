"""A folder of WAV files, or a single one, as a table of recordings."""

import re
from pathlib import Path

import polars as pl

from seqloom.errors import DataError, MissingFileError, SettingsError
from seqloom.read.recordings import ENDING, files_column
from seqloom.read.settings import ReadSettings
from seqloom.read.table import Table

FILE = "file"
LABEL = "label"
_PART = re.compile(r"\{(\w+)\}")


def sound_files(path: Path) -> list[Path]:
    """The WAV files in a folder and the folders in it, in order; a WAV file itself."""
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix.lower() == ENDING and file.is_file())
    return [path] if path.suffix.lower() == ENDING else []


def open_folder(path: Path, settings: ReadSettings) -> Table:
    """The table of the recordings in a folder: their files, and what their names say of them.

    `settings.file_names` says how names are put together: `{digit}_{speaker}_{take}` makes three columns. Without it
    the first folder below `path` a file lies in is its `label`.

    Args:
        path: a folder that holds WAV files, or one of them.
        settings: `file_names`.

    Raises:
        DataError: a file is called otherwise than `file_names` says.
    """
    folder = path if path.is_dir() else path.parent
    names = [file.relative_to(folder) for file in sound_files(path)]
    columns = {FILE: [name.as_posix() for name in names]}
    if settings.file_names is not None:
        columns |= _parts(names, settings.file_names, str(path))
    elif names and all(len(name.parts) > 1 for name in names):
        columns[LABEL] = [name.parts[0] for name in names]
    return Table.of(pl.DataFrame(columns), path.name)


def table_beside(folder: Path, tables: list[Path], settings: ReadSettings) -> Path | None:
    """The file that labels the recordings of a folder: the one `settings.labels` names, or the only table in it.

    Args:
        folder: where the recordings are.
        tables: files in it that a reader of tables opens.
        settings: `labels` and `file_names`.

    Raises:
        MissingFileError: the file that was named is not there.
        DataError: there are several.
    """
    if settings.labels is not None:
        named = next((path for path in (folder / settings.labels, Path(settings.labels)) if path.is_file()), None)
        if named is None:
            fix = "correct --labels"
            raise MissingFileError(settings.labels, expected="the table of the recordings", came="nothing", fix=fix)
        return named
    if settings.file_names is not None or not tables:
        return None
    if len(tables) > 1:
        came = ", ".join(path.name for path in tables[:6])
        fix = "name the one that labels the recordings with --labels"
        raise DataError(str(folder), expected="one table beside the recordings", came=came, fix=fix)
    return tables[0]


def need_files(table: Table) -> str:
    """The column of file names of a table of recordings.

    Raises:
        DataError: there is none.
    """
    found = files_column(table)
    if found is None:
        came = f"columns {', '.join(list(table.types)[:12])}"
        fix = "add a column 'file' of names that end in .wav"
        raise DataError(table.source, expected="a column of WAV files", came=came, fix=fix)
    return found


def _parts(names: list[Path], pattern: str, source: str) -> dict[str, list[str]]:
    """What the parts of each name say, by the names of the parts."""
    expression = _compiled(pattern)
    found: dict[str, list[str]] = {part: [] for part in expression.groupindex}
    for name in names:
        match = expression.fullmatch(name.with_suffix("").as_posix())
        if match is None:
            fix = "rename it, move it away, or correct --file-names"
            raise DataError(f"{source}, {name}", expected=f"a name like {pattern}", came=repr(name.name), fix=fix)
        for part, text in match.groupdict().items():
            found[part].append(text)
    return found


def _compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression of a pattern; a part is as short as what follows it allows, and holds no slash."""
    pattern = pattern.removesuffix(ENDING)
    pieces = _PART.split(pattern)
    parts = pieces[1::2]
    if not parts or len(set(parts)) < len(parts) or FILE in parts or not all(part.isidentifier() for part in parts):
        fix = "write the parts of a name in braces, as in {digit}_{speaker}_{take}"
        raise SettingsError("file_names", expected="a pattern of named parts", came=repr(pattern), fix=fix)
    words = [re.escape(piece) if place % 2 == 0 else f"(?P<{piece}>[^/]+?)" for place, piece in enumerate(pieces)]
    return re.compile("".join(words))
