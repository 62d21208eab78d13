"""Writing so that a reader finds the old or the new, never something between.

What is written goes to a temporary beside its place, reaches the disk, and takes the place in one step. On any failure
the temporary is removed and what was there before stays as it was.
"""

import ctypes
import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from seqloom.errors import StorageError

_AT_WORKING_FOLDER = -100  # AT_FDCWD of Linux
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux
_ADVICE = {errno.ENOSPC: "free space on the disk and save again", errno.EDQUOT: "free space and save again"}


@contextmanager
def replaced_file(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of `path` when the block ends well.

    Args:
        path: where the file shall stand; its folder is made where there is none.

    Raises:
        StorageError: the disk refused; what stood at `path` still stands there.
    """
    temporary = _beside(path)
    with _storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            _sync(path.parent)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def replaced_folder(path: Path) -> Iterator[Path]:
    """A new folder that takes the place of `path` when the block ends well; the files in it are synced by the caller.

    Args:
        path: where the folder shall stand; the folder above is made where there is none.

    Raises:
        StorageError: the disk refused; what stood at `path` still stands there.
    """
    temporary = _beside(path)
    with _storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.mkdir()
            yield temporary
            _sync(temporary)
            _take_place(temporary, path)
            _sync(path.parent)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def _take_place(temporary: Path, path: Path) -> None:
    """Put a folder in the place of another; the other stands at `temporary` afterwards."""
    if not path.exists():
        temporary.rename(path)
    elif not _exchange(temporary, path):
        _step_aside(temporary, path)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step, where the system can; `rename` alone replaces no folder that holds files."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    done: int = rename(_AT_WORKING_FOLDER, os.fsencode(one), _AT_WORKING_FOLDER, os.fsencode(other), _EXCHANGE)
    return done == 0


def _step_aside(temporary: Path, path: Path) -> None:
    """Swap two folders in three steps: for a moment there is none, a reader waits for it."""
    aside = _beside(path)
    path.rename(aside)
    try:
        temporary.rename(path)
    except OSError:
        aside.rename(path)
        raise
    aside.rename(temporary)


def _beside(path: Path) -> Path:
    """A hidden name of its own in the same folder, so that a rename never crosses file systems."""
    return path.parent / f".{path.name}.{secrets.token_hex(4)}.tmp"


def _sync(folder: Path) -> None:
    """Wait until the disk has the names in a folder; only POSIX systems can be asked to."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _storage_errors(path: Path) -> Iterator[None]:
    """Turn the system's refusals into ours."""
    try:
        yield
    except StorageError:
        raise
    except OSError as error:
        raise StorageError(
            str(path),
            expected="a place that can be written",
            came=error.strerror or str(error),
            fix=_ADVICE.get(error.errno or 0, "check the path and its permissions and save again"),
        ) from error
