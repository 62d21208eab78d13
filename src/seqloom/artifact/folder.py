"""Members as the files of one folder."""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from seqloom.artifact.members import MOST_ENTRIES
from seqloom.artifact.refusal import refusal, shown
from seqloom.artifact.span import Span

# A link is not followed, a named pipe does not block, text is not translated; each where the system has the flag.
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
_ATTEMPTS = 100
_PAUSE = 0.001  # seconds


def write_folder(folder: Path, members: dict[str, bytes]) -> None:
    """Write each member into a file of its own and wait until the disk has it.

    Args:
        folder: an existing empty folder.
        members: bytes by name.
    """
    for name, raw in members.items():
        with (folder / name).open("xb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())


def open_folder(folder: Path, where: str, stack: ExitStack) -> dict[str, Span]:
    """Open all files of a folder at once; a save that replaces the folder meanwhile does no harm.

    Args:
        folder: the folder.
        where: the artifact, for messages.
        stack: closes the files.

    Raises:
        ArtifactError: something in it is not a regular file, or there are too many.
    """
    for _ in range(_ATTEMPTS):
        with ExitStack() as attempt, suppress(FileNotFoundError), _held(folder) as before:
            spans = _open_all(folder, where, attempt)
            if os.path.samestat(before, folder.stat()):
                stack.push(attempt.pop_all())
                return spans
        time.sleep(_PAUSE)
    raise refusal(where, expected="a folder at rest", came="one that is replaced all the time", fix="try again")


@contextmanager
def _held(folder: Path) -> Iterator[os.stat_result]:
    """Keep a folder open, so that the system gives its number to no other folder meanwhile."""
    if os.name != "posix":
        yield folder.stat()
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NONBLOCK)
    try:
        yield os.fstat(descriptor)
    finally:
        os.close(descriptor)


def _open_all(folder: Path, where: str, stack: ExitStack) -> dict[str, Span]:
    """Every file of the folder, opened.

    Raises:
        FileNotFoundError: one went away since the folder was listed.
    """
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in islice(entries, MOST_ENTRIES + 1))
    if len(names) > MOST_ENTRIES:
        raise refusal(where, expected=f"at most {MOST_ENTRIES} members", came="a folder with more")
    spans = {}
    for name in names:
        file = stack.enter_context(_open(folder / name, f"{where}, member {shown(name)}"))
        spans[name] = Span(file, 0, os.fstat(file.fileno()).st_size)
    return spans


def _open(path: Path, where: str) -> BinaryIO:
    """One member, opened without following a link."""
    if path.is_symlink():
        raise refusal(where, expected="a regular file", came="a symbolic link")
    descriptor = os.open(path, _FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise refusal(where, expected="a regular file", came="a folder, pipe or device")
    return os.fdopen(descriptor, "rb")
