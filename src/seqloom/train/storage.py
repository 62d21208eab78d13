"""Writing files that are never seen half-written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from seqloom.errors import StorageError


def write_atomically(path: Path, content: bytes) -> None:
    """Let the file hold the content, or, whatever happens, what it held before.

    Raises:
        StorageError: the disk refused.
    """
    partial = path.with_name(f".{path.name}.partial")  # one fixed name: what a kill leaves behind is overwritten
    with _told(path):
        try:
            with partial.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        except OSError:
            partial.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file, for others to read at once.

    Raises:
        StorageError: the disk refused.
    """
    with _told(path), path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def sync(path: Path) -> None:
    """See what was written to a file safely on the disk.

    Raises:
        StorageError: the disk refused.
    """
    with _told(path), path.open("rb+") as file:
        os.fsync(file.fileno())


def remove(path: Path) -> None:
    """Delete a file, if there is one.

    Raises:
        StorageError: the disk refused.
    """
    with _told(path):
        path.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where missing.

    Raises:
        StorageError: the disk refused.
    """
    with _told(path):
        path.mkdir(parents=True, exist_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            str(path),
            expected="a place that can be written",
            came=error.strerror or str(error),
            fix="free space there or choose another folder",
        ) from error


def _sync_folder(folder: Path) -> None:
    """A rename is only on the disk once its folder is; Windows has no such call."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
