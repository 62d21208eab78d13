"""What SQLite refuses, in one line of plain words."""

import sqlite3
from pathlib import Path

from seqloom.errors import InputError, SeqloomError, StorageError

_PRIMARY = 0xFF
"""The low byte of an error code says what happened, the rest where."""

_REASONS: dict[int, tuple[type[SeqloomError], str, str, str]] = {
    sqlite3.SQLITE_BUSY: (
        StorageError,
        "a store that nobody else uses",
        "one that another server owns",
        "stop that server, or name another file",
    ),
    sqlite3.SQLITE_NOTADB: (
        InputError,
        "a store of seqloom",
        "another file, or one with a damaged header",
        "name another file, or restore this one from a copy",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        StorageError,
        "a file that can be opened",
        "a refusal",
        "check that the file and its folder may be read and written",
    ),
    sqlite3.SQLITE_READONLY: (
        StorageError,
        "a file that may be written",
        "one that may only be read",
        "give the right to write to the file and its folder",
    ),
    sqlite3.SQLITE_IOERR_LOCK: (
        StorageError,
        "a file that may be written and locked",
        "a refusal",
        "give the right to write to the file, and keep it on a disk of this machine",
    ),
    sqlite3.SQLITE_FULL: (StorageError, "room to write", "a full disk", "make room; then it goes on"),
    sqlite3.SQLITE_CORRUPT: (
        StorageError,
        "a sound database",
        "damaged pages",
        "check the disk; restore the file from a copy, or what is left with sqlite3's .recover",
    ),
}


def refusal(path: Path, error: sqlite3.Error) -> SeqloomError:
    """The error of this package that says what SQLite's says.

    Args:
        path: the file.
        error: what SQLite raised.
    """
    code = getattr(error, "sqlite_errorcode", 0)
    reason = _REASONS.get(code) or _REASONS.get(code & _PRIMARY)
    if reason is not None:
        kind, expected, came, fix = reason
        return kind(str(path), expected=expected, came=came, fix=fix)
    if code & _PRIMARY == sqlite3.SQLITE_IOERR:
        name = error.sqlite_errorname
        return StorageError(str(path), expected="a disk that works", came=name, fix="check the disk and its room")
    came = " ".join(str(error).split())
    return StorageError(str(path), expected="an open database", came=came, fix="open the store again")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the pages that were to be read are not what was written.

    Args:
        error: what SQLite raised.
    """
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY == sqlite3.SQLITE_CORRUPT
