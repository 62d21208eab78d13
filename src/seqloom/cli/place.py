"""Where a command writes: looked at before any work is done, and left clean after work that failed."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from seqloom.errors import InputError, SeqloomError

WORKPLACE = ".training"
"""The ending of the folder in which a training keeps its history and checkpoints, beside its artifact."""
REJECTED = ".rejected.csv"
"""The ending of the file bad rows are written to where they are skipped, beside the output."""


def must_be_writable(path: Path) -> None:
    """Refuse a place nothing can be written to, before the work whose result it shall hold.

    Raises:
        InputError: its folder is not there, or does not take files.
    """
    folder = path.parent
    if not folder.is_dir():
        came = "a file" if folder.exists() else "nothing"
        raise InputError(
            str(folder), expected="a folder to write to", came=came, fix="make it, or name another with -o"
        )
    if not os.access(folder, os.W_OK):
        came = "one that takes no files"
        raise InputError(str(folder), expected="a folder to write to", came=came, fix="name another with -o")


def must_be_free(artifact: Path, endings: Iterable[str]) -> None:
    """Refuse to write beside an artifact over files that are not of an earlier one of its name.

    Raises:
        InputError: there is no such artifact, but a file that would be lost.
    """
    for path in () if artifact.exists() else map(artifact.with_suffix, endings):
        if path.exists():
            fix = f"move it away, or name another model than {artifact} with -o"
            raise InputError(str(path), expected="a free place beside the model", came="a file", fix=fix)


@contextmanager
def workplace(artifact: Path) -> Iterator[Path]:
    """The folder of a training, beside the artifact it leads to.

    What a kill or Ctrl-C leaves there is for `--resume`. After an error it is removed, unless it was there before.
    """
    folder = artifact.with_name(artifact.name + WORKPLACE)
    there = folder.exists()
    try:
        yield folder
    except SeqloomError:
        if not there:
            shutil.rmtree(folder, ignore_errors=True)
        raise
