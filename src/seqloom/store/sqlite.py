"""Sessions in an SQLite file: durable without any server."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from seqloom.errors import InputError, StorageError
from seqloom.store.change import Change
from seqloom.store.damage import damaged
from seqloom.store.limits import check_after, check_name
from seqloom.store.session import Session
from seqloom.store.sqlite_file import opened
from seqloom.store.sqlite_refusal import is_damage, refusal
from seqloom.store.sqlite_rows import Upsert
from seqloom.store.tables import Row, TableStore, session_row

END = "DELETE FROM sessions WHERE stream = ?"
KEEP = Upsert(
    "sessions (stream, epoch, seq, digest, memory, answers, time, at, checksum)",
    9,
    """(stream) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, digest = excluded.digest,
memory = excluded.memory, answers = excluded.answers, time = excluded.time, at = excluded.at,
checksum = excluded.checksum""",
)
NOTE = Upsert(
    "records (stream, epoch, seq, digest, at, time, inputs, prediction, truth, norm)",
    10,
    """(stream, epoch, seq) DO UPDATE SET digest = excluded.digest, at = excluded.at, time = excluded.time,
inputs = excluded.inputs, prediction = excluded.prediction, truth = excluded.truth, norm = excluded.norm""",
)
STREAMS = """SELECT CAST(stream AS BLOB) FROM sessions WHERE stream > CAST(? AS TEXT) AND typeof(stream) = 'text'
ORDER BY stream LIMIT ?"""
TELL = "UPDATE records SET truth = ? WHERE stream = ? AND epoch = ? AND seq = ?"
FORGET = "DELETE FROM records WHERE id IN (SELECT id FROM records WHERE at < ? ORDER BY at, id LIMIT ?)"


class SQLiteStore(TableStore):
    """A store in one file, with SQLite's log beside it: `docs/store-format.md` is its specification.

    One commit is one transaction, on the disk when `commit` returns. The file is locked while the store is open.

    Args:
        path: the file; made if it is not there.

    Raises:
        InputError: a folder, another file, another program's database, a store of a later version.
        MissingFileError: the folder of the file is not there.
        StorageError: another process owns the file, or the disk refuses.
    """

    def __init__(self, path: Path | str) -> None:
        super().__init__(str(path))
        self._path = Path(path)
        self._connection = opened(self._path)

    def commit(self, change: Change) -> None:
        """See `Store.commit`."""
        sessions = [session_row(session) for session in change.sessions]
        with self._transaction() as connection:
            connection.executemany(END, [(stream,) for stream in change.ended])
            KEEP.write(connection, sessions)
            NOTE.write(connection, change.records)

    def session(self, stream: str) -> Session | None:
        """See `Store.session`."""
        try:
            return super().session(stream)
        except StorageError as error:
            if isinstance(error.__cause__, sqlite3.Error) and is_damage(error.__cause__):
                raise damaged(self._where, stream) from error
            raise

    def streams(self, *, after: str = "", limit: int = 100) -> list[str]:
        """See `Store.streams`; a name that is damaged beyond reading is left out."""
        check_after(after)
        names: list[str] = []
        last = after.encode()
        while len(names) < limit and (rows := self._ask(STREAMS, last, limit - len(names))):
            names.extend(_legible(rows))
            last = rows[-1][0]
        return names

    def close(self) -> None:
        """See `Store.close`; the log goes into the database."""
        self._connection.close()

    def _ask(self, question: str, *values: object) -> list[Row]:
        try:
            return self._connection.execute(question, values).fetchall()
        except sqlite3.Error as error:
            raise refusal(self._path, error) from error

    def _tell(self, truth: bytes, stream: str, epoch: int, seq: int) -> int:
        with self._transaction() as connection:
            return connection.execute(TELL, (truth, stream, epoch, seq)).rowcount

    def _forget(self, before: int, limit: int) -> int:
        with self._transaction() as connection:
            return connection.execute(FORGET, (before, limit)).rowcount

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All of what is done within, or nothing."""
        try:
            self._roll_back()  # what a failing disk would not let go of the last time
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                self._roll_back()
            raise refusal(self._path, error) from error
        except BaseException:
            with suppress(sqlite3.Error):
                self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


def _legible(rows: Sequence[Row]) -> list[str]:
    """The names among these bytes that a stream can have; others are damage, and nobody can ask for them."""
    names = []
    for (raw,) in rows:
        with suppress(UnicodeDecodeError, InputError):
            name = raw.decode()
            check_name(name)
            names.append(name)
    return names
