"""One writer at a time, also where it is killed: the system lets a lock go with its process."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from seqloom.errors import StorageError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LONGEST = 30.0
"""Seconds to wait for another writer: as long as copying a large model takes."""
PAUSE = 0.01


@contextmanager
def locked(path: Path, *, longest: float = LONGEST) -> Iterator[None]:
    """Hold a lock while the block runs.

    Args:
        path: a file beside what is written; made where there is none, and left there.
        longest: seconds to wait where another process, or thread, holds it.

    Raises:
        StorageError: it is still held, or the disk refused.
    """
    try:
        file = path.open("ab")
    except OSError as error:
        came, fix = error.strerror or str(error), "check the folder and its permissions"
        raise StorageError(str(path), expected="a folder that can be written", came=came, fix=fix) from error
    with file:
        end = time.monotonic() + longest
        while not _taken(file):
            if time.monotonic() > end:
                came, fix = f"one who wrote for more than {longest:g} s", "end the other process, or try again"
                raise StorageError(str(path), expected="nobody else who writes", came=came, fix=fix)
            time.sleep(PAUSE)
        yield


def _taken(file: BinaryIO) -> bool:
    """Whether the lock is ours now; closing the file lets it go."""
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
