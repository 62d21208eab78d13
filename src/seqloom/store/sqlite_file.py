"""An SQLite file that one process owns: made if it is not there, checked if it is, locked while it is open."""

import sqlite3
from pathlib import Path

from seqloom.errors import InputError, MissingFileError, SeqloomError
from seqloom.store.sqlite_refusal import refusal

APPLICATION = int.from_bytes(b"seql")
"""Stands in the header of the file, at byte 68: whose database it is."""

VERSION = 1
"""Of the tables; stands in the header at byte 60."""

SCHEMA = (
    """CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    stream TEXT NOT NULL UNIQUE,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    digest TEXT NOT NULL,
    memory BLOB NOT NULL,
    answers BLOB NOT NULL,
    time INTEGER,
    at INTEGER NOT NULL,
    checksum BLOB NOT NULL
)""",
    """CREATE TABLE records (
    id INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    digest TEXT NOT NULL,
    at INTEGER NOT NULL,
    time INTEGER,
    inputs BLOB NOT NULL,
    prediction BLOB NOT NULL,
    truth BLOB,
    norm REAL,
    UNIQUE (stream, epoch, seq)
)""",
    "CREATE INDEX records_at ON records (at)",
)
"""Rows lie by number, not by name: an update then writes one page, and no row of a few kilobytes is torn into two."""

_LOG_PAGES = 4000
"""The log goes into the database when it is so long, 16 MiB: seldom, and yet in some hundredths of a second."""

_SETTINGS = (
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "synchronous = FULL",
    "fullfsync = ON",  # macOS has another call for what fsync is elsewhere
    f"wal_autocheckpoint = {_LOG_PAGES}",
    f"journal_size_limit = {_LOG_PAGES * 4096 * 2}",
    "cache_size = -32768",
)


def opened(path: Path) -> sqlite3.Connection:
    """A connection to a store of this version, the only one there is until it is closed.

    Args:
        path: the file; its folder has to be there.

    Raises:
        InputError: a folder, another file, another program's database, a store of a later version.
        MissingFileError: its folder is not there.
        StorageError: another process owns it, or the disk refuses.
    """
    _check_place(path)
    try:
        connection = sqlite3.connect(path.absolute(), timeout=0, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise refusal(path, error) from error
    try:
        _make_ready(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise refusal(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _check_place(path: Path) -> None:
    """The file itself is not opened here: closing it would drop the locks another store of this process holds on it."""
    if path.is_dir():
        raise InputError(str(path), expected="a file", came="a folder", fix="name a file in it, such as live.db")
    if not path.parent.is_dir():
        raise MissingFileError(str(path.parent), expected="a folder", came="none there", fix="make it, or correct it")


def _make_ready(connection: sqlite3.Connection, path: Path) -> None:
    connection.text_factory = lambda text: text.decode(errors="replace")  # a damaged row is told by its checksum
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    new = _is_new(connection, path)
    connection.execute("PRAGMA journal_mode = WAL")
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    connection.execute("BEGIN IMMEDIATE")
    if new:
        for statement in SCHEMA:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _is_new(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether there is nothing yet; otherwise it is a store of this version. Nothing is changed."""
    ((application,),) = connection.execute("PRAGMA application_id")
    ((version,),) = connection.execute("PRAGMA user_version")
    found = {(kind, sql) for kind, sql in connection.execute("SELECT type, sql FROM sqlite_master")}
    if not found and application == 0:
        return True
    if application != APPLICATION:
        raise _foreign(path, "another program's database")
    if version != VERSION:
        raise InputError(
            str(path),
            expected=f"a store of version {VERSION}",
            came=f"one of version {version}",
            fix="upgrade seqloom (pip install --upgrade seqloom), or begin a new store",
        )
    strange = any(kind in ("trigger", "view") for kind, _ in found)
    if strange or not {sql for _, sql in found}.issuperset(SCHEMA):
        raise _foreign(path, "other tables")
    return False


def _foreign(path: Path, came: str) -> SeqloomError:
    return InputError(str(path), expected="a store of seqloom", came=came, fix="name another file")
