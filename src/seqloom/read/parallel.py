"""Parallel text: two files, line by line translations of each other."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from seqloom.errors import DataError, MissingFileError
from seqloom.read.settings import ReadSettings
from seqloom.read.table import Table
from seqloom.read.text import decode, opened
from seqloom.sequence import Schema

PLAIN = ("", "txt")
"""Endings that say nothing of what a file holds: its name does."""
TABLES = (
    "csv",
    "tsv",
    "parquet",
    "pq",
    "arrow",
    "feather",
    "ipc",
    "jsonl",
    "ndjson",
    "json",
    "ts",
    "idx",
    "npy",
    "conllu",
    "mid",
    "midi",
    "abc",
    "wav",
)
"""Endings of files that hold more than lines."""
SIDES = ("source", "target")
"""What both sides are called where their files do not tell them apart."""


@dataclass(frozen=True)
class Parallel:
    """Two files of lines, or one where nothing is known yet of its translation.

    Args:
        source: the lines to be translated.
        target: their translations; None: there is no such file.
        names: what the columns of both are called.
    """

    source: Path
    target: Path | None
    names: tuple[str, str]

    @classmethod
    def found(cls, path: Path, settings: ReadSettings, schema: Schema | None) -> "Parallel | None":
        """The files where a path is one side of a parallel text; None where it is something else.

        In training the target is the path of the other side: `train.de` with the target `train.en` has the columns
        `de` and `en`. Where a schema is known the other side lies beside the file: `test.en` beside `test.de`.

        Args:
            path: a file.
            settings: names the other side as the target.
            schema: of a trained model.

        Raises:
            MissingFileError: the file of the other side is not there.
        """
        if _ending(path) in TABLES or not path.is_file():
            return None
        if schema is not None:
            return cls._beside(path, schema)
        if len(settings.target) != 1:
            return None
        target = Path(settings.target[0])
        if target.is_file():
            names = _name(path), _name(target)
            return cls(path, target, SIDES if names[0] == names[1] else names)
        if _ending(path) in PLAIN or not target.suffix:
            return None  # a table without the usual ending, perhaps, and the name of a column
        fix = "name the file of the translations with --target"
        raise MissingFileError(str(target), expected=f"a file of the translations of {path.name}", came="none", fix=fix)

    @classmethod
    def _beside(cls, path: Path, schema: Schema) -> "Parallel | None":
        """The file, and the other side beside it, for a model that translates."""
        texts = [column for column in schema.columns if column.kind == "text"]
        if len(texts) != len(schema.columns) or [column.role for column in texts] != ["past", "target"]:
            return None
        names = (texts[0].name, texts[1].name)
        parts = path.name.split(".")
        if names[1] in parts and names[0] not in parts:
            fix = f"name the file of '{names[0]}'"
            raise DataError(path.name, expected=f"texts to translate from '{names[0]}'", came="translations", fix=fix)
        other = [names[1] if part == names[0] else part for part in parts]
        target = path.with_name(".".join(other))
        return cls(path, target if other != parts and target.is_file() else None, names)

    def settings(self, settings: ReadSettings) -> ReadSettings:
        """The settings with columns in the place of files."""
        return settings.model_copy(
            update={"target": (self.names[1],), "text": self.names, "per_step_target": False, "layout": "nested"}
        )

    def table(self, settings: ReadSettings) -> Table:
        """The lines side by side; a blank one is a missing text.

        Args:
            settings: whether blank lines are skipped.

        Raises:
            DataError: the files have different numbers of lines, a blank one, or bytes that are no UTF-8.
        """
        paths = [self.source, *([] if self.target is None else [self.target])]
        columns = [_lines(path) for path in paths]
        title = " and ".join(path.name for path in paths)
        if len({len(lines) for lines in columns}) > 1:
            came = " and ".join(f"{len(lines):,}" for lines in columns)
            fix = "give files whose lines are translations of each other"
            raise DataError(title, expected="as many lines in both", came=came, fix=fix)
        frame = pl.DataFrame(
            dict(zip(self.names, columns, strict=False)), schema_overrides=dict.fromkeys(self.names, pl.String)
        )
        return self._without_blanks(frame, title, skip=settings.on_error == "skip")

    def _without_blanks(self, frame: pl.DataFrame, title: str, *, skip: bool) -> Table:
        blank = frame.select(pl.any_horizontal(pl.all().is_null())).to_series()
        if not blank.any():
            return Table.of(frame, title)
        first = int(blank.arg_true()[0])
        if not skip:
            column = next(name for name in frame.columns if frame[first, name] is None)
            path = self.source if column == self.names[0] else self.target
            fix = "remove the line from both files, or pass --on-error skip"
            raise DataError(f"{path and path.name}, line {first + 1}", expected="a text", came="a blank line", fix=fix)
        note = f"{int(blank.sum()):,} pairs with a blank line are left out, the first in line {first + 1}"
        return Table.of(frame.filter(~blank), title, notes=(note,))


def _lines(path: Path) -> list[str | None]:
    """The lines of a file, None for a blank one."""
    with opened(path) as file:
        return [decode(line, path.name, number).strip() or None for number, line in enumerate(file)]


def _parts(path: Path) -> list[str]:
    return path.name.removesuffix(".gz").split(".")


def _ending(path: Path) -> str:
    parts = _parts(path)
    return parts[-1].lower() if len(parts) > 1 else ""


def _name(path: Path) -> str:
    """What a column of lines is called: by the file's ending, or its name where that ending says nothing."""
    ending = _ending(path)
    return _parts(path)[0] if ending in PLAIN else ending
