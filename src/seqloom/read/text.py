"""Bytes of text files: compressed or not, whole or in blocks of lines."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from seqloom.errors import DataError

_GZIP_RATIO = 6
"""How much larger text becomes when unpacked, roughly."""
_MAGIC = b"\x1f\x8b"


def is_packed(path: Path) -> bool:
    """Whether a file is compressed by gzip, whatever its name says."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def unpacked_size(path: Path) -> int:
    """Bytes of the unpacked text, estimated where it is packed."""
    size = path.stat().st_size
    return size * _GZIP_RATIO if is_packed(path) else size


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The unpacked bytes of a file.

    Raises:
        DataError: the packed file is damaged.
    """
    try:
        with gzip.open(path, "rb") if is_packed(path) else path.open("rb") as file:
            yield file  # type: ignore[misc]  # a gzip file reads like any binary file
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        fix = "fetch or write the file again"
        raise DataError(path.name, expected="a whole gzip file", came=f"a damaged one ({error})", fix=fix) from error


def read_bytes(path: Path) -> bytes:
    """All bytes of a file, unpacked."""
    with opened(path) as file:
        return file.read()


def first_lines(path: Path, count: int) -> list[str]:
    """The first lines that are not blank, decoded, without line ends and byte-order mark."""
    lines: list[str] = []
    with opened(path) as file:
        for number, line in enumerate(file):
            text = decode(line, path.name, number).strip("\r\n")
            if text.strip():
                lines.append(text)
            if len(lines) == count:
                break
    return lines


def decode(line: bytes, source: str, number: int) -> str:
    """A line as text.

    Raises:
        DataError: it is not UTF-8.
    """
    if line.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in line:
        raise DataError(source, expected="text in UTF-8", came="UTF-16 or binary data", fix="save the file as UTF-8")
    try:
        return line.decode("utf-8-sig" if number == 0 else "utf-8")
    except UnicodeDecodeError as error:
        where = f"{source}, line {number + 1}"
        came = f"the byte 0x{line[error.start]:02x} at place {error.start + 1} of the line"
        raise DataError(where, expected="text in UTF-8", came=came, fix="save the file as UTF-8") from error


def find_undecodable(path: Path) -> None:
    """Looks for the line that is not UTF-8.

    Raises:
        DataError: there is one.
    """
    with opened(path) as file:
        for number, line in enumerate(file):
            decode(line, path.name, number)


def line_blocks(path: Path, size: int) -> Iterator[bytes]:
    """The bytes of a file in blocks that end with a line; a line break within quotes ends none.

    Args:
        path: the file.
        size: bytes of a block, at least; more where a line is longer.
    """
    rest = b""
    with opened(path) as file:
        while read := file.read(size):
            block = rest + read
            end = block.rfind(b"\n") + 1
            while end and block.count(b'"', 0, end) % 2:
                end = block.rfind(b"\n", 0, end - 1) + 1
            rest = block[end:]
            if end:
                yield block[:end]
    if rest:
        yield rest
