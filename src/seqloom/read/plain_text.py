"""Running text: plain files, folders of them, or texts at hand; a row for each line, a sequence for each text."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from seqloom.errors import DataError, MissingFileError
from seqloom.read.text import read_bytes
from seqloom.sequence import Column, Schema, SequenceDataset

COLUMN = "text"
"""What the column of lines is called."""
ENDINGS = (".txt", ".text", ".md", ".txt.gz", ".text.gz", ".md.gz")
"""Files of a folder that are read; the others are left alone."""
LONGEST = 1_000
"""Characters of a row; a longer line is cut behind a space, so that parts of a text can end within it."""
SCHEMA = Schema(layout="text", columns=(Column(name=COLUMN, kind="text", role="target"),))


def read_plain_text(path: Path) -> SequenceDataset:
    """Reads a text file as one sequence, or each text file of a folder, at any depth, as one.

    Lines keep their ends, so that all rows together are the text. Line ends of Windows are read as plain ones, as
    Python does. Files may be compressed by gzip.

    Raises:
        MissingFileError: there is no such file or folder.
        DataError: a folder without text files, an empty file, or bytes that are no UTF-8.
    """
    if not path.exists():
        raise MissingFileError(str(path), expected="a text file or a folder", came="nothing", fix="check the path")
    files = _files(path) if path.is_dir() else [path]
    names = [file.relative_to(path).as_posix() if path.is_dir() else file.name for file in files]
    return from_texts([_decoded(file, name) for file, name in zip(files, names, strict=True)], names, path.name)


def from_texts(texts: Sequence[str], names: Sequence[str] | None = None, source: str = "texts") -> SequenceDataset:
    r"""Makes a data set of texts, one sequence each.

    Args:
        texts: at least one, none of them empty.
        names: one for each; `text 1`, `text 2`, ... where not given.
        source: where they came from, for messages.

    Raises:
        DataError: there is no text, or an empty one.

    Example:
        >>> dataset = from_texts(["to be\nor not"])
        >>> dataset.categories["text"], dataset.steps["text"].tolist()
        (('to be\n', 'or not'), [0, 1])
    """
    names = names or [f"text {number}" for number in range(1, len(texts) + 1)]
    places: dict[str, int] = {}
    rows = [[places.setdefault(row, len(places)) for row in cut_rows(text)] for text in texts]
    empty = next((name for name, own in zip(names, rows, strict=True) if not own), None if texts else source)
    if empty is not None:
        raise DataError(empty, expected="some text", came="nothing", fix="check that it is the right one")
    return SequenceDataset(
        schema=SCHEMA,
        offsets=np.concatenate([[0], np.cumsum([len(own) for own in rows])]).astype(np.int64),
        steps={COLUMN: np.array([code for own in rows for code in own], dtype=np.int32)},
        statics={},
        keys=np.array(names, dtype=str),
        categories={COLUMN: tuple(places)},
        source=source,
    )


def cut_rows(text: str) -> Iterator[str]:
    r"""The lines of a text with their ends; a long one as several rows.

    Example:
        >>> list(cut_rows("one\n\ntwo"))
        ['one\n', '\n', 'two']
    """
    for line in _lines(text):
        start = 0
        while len(line) - start > LONGEST:
            end = line.rfind(" ", start, start + LONGEST) + 1 or start + LONGEST
            yield line[start:end]
            start = end
        yield line[start:]


def _lines(text: str) -> Iterable[str]:
    """Lines that end at line feeds alone: other marks, such as form feeds, belong to the text."""
    lines = text.split("\n")
    return [*(line + "\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])]


def _files(folder: Path) -> list[Path]:
    found = sorted(file for file in folder.rglob("*") if file.is_file() and file.name.lower().endswith(ENDINGS))
    if not found:
        expected, fix = f"files ending in {', '.join(ENDINGS[:3])}", "name a folder of texts"
        raise DataError(str(folder), expected=expected, came="none", fix=fix)
    return found


def _decoded(path: Path, name: str) -> str:
    """The text of a file.

    Raises:
        MissingFileError: it may not be read.
        DataError: it is not UTF-8; the message names the byte.
    """
    try:
        content = read_bytes(path)
    except PermissionError as error:
        fix = "change its permissions"
        raise MissingFileError(str(path), expected="a file that may be read", came="no permission", fix=fix) from error
    fix = "save the file as UTF-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        raise DataError(name, expected="text in UTF-8", came="UTF-16 or binary data", fix=fix)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        place = len(content) - len(error.object) + error.start  # the decoder has taken a mark of the byte order off
        line = content.count(b"\n", 0, place) + 1
        where, came = f"{name}, line {line}, byte {place}", f"the byte 0x{content[place]:02x}"
        raise DataError(where, expected="text in UTF-8", came=came, fix=fix) from error
