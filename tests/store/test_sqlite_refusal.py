"""What SQLite refuses, in one line."""

import sqlite3
from pathlib import Path

import pytest

from seqloom.errors import InputError, StorageError
from seqloom.store.sqlite_refusal import is_damage, refusal


def an_error(name):
    """SQLite's error of a name."""
    error = sqlite3.OperationalError("text of\nSQLite")
    error.sqlite_errorcode, error.sqlite_errorname = getattr(sqlite3, name), name
    return error


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("SQLITE_BUSY", StorageError, "another server owns"),
        ("SQLITE_NOTADB", InputError, "damaged header"),
        ("SQLITE_CANTOPEN", StorageError, "can be opened"),
        ("SQLITE_CANTOPEN_ISDIR", StorageError, "can be opened"),
        ("SQLITE_READONLY", StorageError, "may only be read"),
        ("SQLITE_READONLY_DIRECTORY", StorageError, "may only be read"),
        ("SQLITE_IOERR_LOCK", StorageError, "written and locked"),
        ("SQLITE_FULL", StorageError, "full disk"),
        ("SQLITE_CORRUPT", StorageError, "damaged pages"),
        ("SQLITE_IOERR_WRITE", StorageError, "SQLITE_IOERR_WRITE; check the disk"),
        ("SQLITE_IOERR_FSYNC", StorageError, "SQLITE_IOERR_FSYNC; check the disk"),
        ("SQLITE_TOOBIG", StorageError, "text of SQLite"),
    ],
)
def test_each_refusal_has_its_words(name, kind, words):
    """Whatever SQLite says more exactly, in one line that names the file."""
    said = refusal(Path("live.db"), an_error(name))
    assert type(said) is kind
    assert str(said).startswith("live.db: expected")
    assert words in str(said)
    assert "\n" not in str(said)


def test_an_error_without_a_number_keeps_its_words():
    """Python's own, as of a connection that is closed."""
    assert "closed database" in str(refusal(Path("live.db"), sqlite3.ProgrammingError("a closed database")))


def test_damage_is_told_from_other_errors():
    """Only damaged pages are."""
    assert is_damage(an_error("SQLITE_CORRUPT"))
    assert is_damage(an_error("SQLITE_CORRUPT_INDEX"))
    assert not is_damage(an_error("SQLITE_IOERR_READ"))
    assert not is_damage(sqlite3.ProgrammingError("closed"))
