"""Vectors of words that were learned elsewhere, in the text format of GloVe and word2vec."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, MissingFileError
from seqloom.read.text import decode, opened

HEADER = 2
"""Fields of the first line of word2vec's format: how many vectors, and how wide."""
LEAST = 2
"""Numbers of a vector at least; a line of a word and one number is no line of vectors."""


@dataclass(frozen=True)
class Vectors:
    """The vectors of some words.

    Args:
        places: which of the words asked for have one, in order, [found].
        values: their vectors, float32, [found, width].
        asked: how many words were asked for.
        source: where they came from.
    """

    places: NDArray[np.int64]
    values: NDArray[np.float32]
    asked: int
    source: str


def width_of(path: Path | str) -> int:
    """How many numbers the vectors of a file have, told by its first lines.

    Raises:
        MissingFileError: there is no such file.
        DataError: it holds no vectors.
    """
    return _Layout.of(_must_exist(Path(path))).width


def read_vectors(path: Path | str, words: Iterable[str]) -> Vectors:
    """The vectors of these words; the others are passed over line by line, and never held.

    Args:
        path: lines of a word and its numbers, with blanks between; a first line of two numbers, as word2vec writes it,
            says how many there are. May be packed by gzip.
        words: the words that are needed.

    Raises:
        MissingFileError: there is no such file.
        DataError: a line with another number of fields, a field that is no finite number, bytes that are no UTF-8, a
            file that ends before it should, or none of the words.
    """
    path = Path(path)
    layout = _Layout.of(_must_exist(path))
    places = {word.encode(): place for place, word in enumerate(words)}
    found: dict[int, NDArray[np.float32]] = {}
    count = 0
    with opened(path) as file:
        for number, line in enumerate(file):
            if not number and layout.count is not None:
                continue
            count += bool(line.strip())
            _look(line, number, places, found, layout)
    _check_end(layout, count)
    if not found:
        expected, fix = f"some of the {len(places):,} words of the texts", "name a file of the language of the texts"
        raise DataError(path.name, expected=expected, came="none of them", fix=fix)
    order = np.array(sorted(found), dtype=np.int64)
    return Vectors(order, np.stack([found[place] for place in order.tolist()]), len(places), path.name)


@dataclass(frozen=True)
class _Layout:
    """What the first lines of a file say.

    Args:
        source: name of the file.
        width: numbers of a vector.
        count: how many vectors there are; None: it is not said.
    """

    source: str
    width: int
    count: int | None

    @classmethod
    def of(cls, path: Path) -> "_Layout":
        with opened(path) as file:
            first, second = (decode(file.readline(), path.name, number).split() for number in range(2))
        if len(first) == HEADER and all(field.isdigit() for field in first):
            return cls(path.name, int(first[1]), int(first[0]))
        width = len(first) - 1
        if width < LEAST or (second and len(second) <= LEAST):
            came = " ".join(first)[:40] or "an empty line"
            fix = "name a text file of GloVe or word2vec"
            raise DataError(f"{path.name}, line 1", expected="a word and its vector", came=repr(came), fix=fix)
        return cls(path.name, width, None)


def _look(
    line: bytes, number: int, places: Mapping[bytes, int], found: dict[int, NDArray[np.float32]], layout: _Layout
) -> None:
    """Keep the vector of a line whose word is asked for; check the form of every line."""
    if not line.isascii():
        decode(line, layout.source, number)
    line = line.rstrip()
    word, _, rest = line.partition(b" ")
    where = f"{layout.source}, line {number + 1}"
    if rest.count(b" ") + 1 != layout.width and line:
        word, rest = _parted(line, where, layout.width)
    place = places.get(word)
    if place is not None and place not in found:
        found[place] = _numbers(rest.split(), where)


def _parted(line: bytes, where: str, width: int) -> tuple[bytes, bytes]:
    """A word and its numbers, where tabs part them or the word holds blanks itself."""
    fields = line.rsplit(maxsplit=width)
    word = fields[0].split()
    if len(fields) != width + 1 or (len(word) > 1 and _is_number(word[-1])):
        fix = "fetch the file again, it may have been cut short"
        raise DataError(where, expected=f"a word and {width} numbers", came=f"{len(line.split()) - 1}", fix=fix)
    return fields[0], b" ".join(fields[1:])


def _numbers(fields: list[bytes], where: str) -> NDArray[np.float32]:
    fix = "correct the line, or fetch the file again"
    try:
        values = np.array([float(field) for field in fields], dtype=np.float32)
    except ValueError as error:
        bad = next(field for field in fields if not _is_number(field))
        raise DataError(where, expected="numbers", came=repr(bad.decode()), fix=fix) from error
    if not np.isfinite(values).all():
        raise DataError(where, expected="finite numbers", came="NaN or infinity", fix=fix)
    return values


def _is_number(field: bytes) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return True


def _check_end(layout: _Layout, count: int) -> None:
    if layout.count is not None and count != layout.count:
        expected = f"{layout.count:,} vectors, as its first line says"
        raise DataError(
            layout.source, expected=expected, came=f"{count:,}", fix="fetch the file again, it was cut short"
        )


def _must_exist(path: Path) -> Path:
    if not path.is_file():
        raise MissingFileError(str(path), expected="a file of vectors", came="none", fix="check the path")
    return path
