"""The connection to a PostgreSQL server that owns the store on it, and is made again when it is lost."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from seqloom.errors import InputError, SeqloomError, SettingsError, StorageError

try:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo
except ImportError as missing:
    raise SettingsError(
        "store on PostgreSQL",
        expected="the package psycopg",
        came="none installed",
        fix="pip install 'seqloom[postgres]'",
    ) from missing

VERSION = 1
"""Of the tables; stands in `seqloom_store`."""

SCHEMA = """
CREATE TABLE seqloom_store (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version integer NOT NULL,
    owner bigint NOT NULL
);
CREATE TABLE seqloom_sessions (
    stream text COLLATE "C" PRIMARY KEY,
    epoch bigint NOT NULL,
    seq bigint NOT NULL,
    digest text NOT NULL,
    memory bytea NOT NULL,
    answers bytea NOT NULL,
    time bigint,
    at bigint NOT NULL,
    checksum bytea NOT NULL
) WITH (fillfactor = 60);
ALTER TABLE seqloom_sessions ALTER COLUMN memory SET STORAGE EXTERNAL;
CREATE TABLE seqloom_records (
    id bigint GENERATED ALWAYS AS IDENTITY,
    stream text COLLATE "C" NOT NULL,
    epoch bigint NOT NULL,
    seq bigint NOT NULL,
    digest text NOT NULL,
    at bigint NOT NULL,
    time bigint,
    inputs bytea NOT NULL,
    prediction bytea NOT NULL,
    truth bytea,
    norm double precision,
    PRIMARY KEY (stream, epoch, seq)
);
CREATE INDEX seqloom_records_at ON seqloom_records (at, id);
"""
"""Sessions have no index but the one by name, and room on each page: an update then leaves all indexes as they are."""

_SETTINGS = {
    "application_name": "seqloom",
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""For what the address does not say: a server that is gone without a word is given up after 20 seconds."""

_SESSION_SETTINGS = """
SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit')
    WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false), set_config('lock_timeout', '500ms', false),
set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
set_config('tcp_keepalives_count', '3', false)"""

_LOCK = "SELECT pg_advisory_lock(hashtextextended('seqloom_store ' || current_schema(), 0))"
"""Waited for briefly: a server notices a moment late that the process is gone which had it."""

_UNLOCK = "SELECT pg_advisory_unlock_all()"
_LATER = "SELECT set_config('lock_timeout', '10s', false)"


class Link:
    """One connection that owns the store, by a lock that lives as long as it, and by a number.

    The number grows with every new owner. It is part of every commit's WHERE, so that a server which lost its
    connection and was replaced meanwhile changes nothing, even if it gets a connection again.

    Args:
        url: the address; the password in it is never shown.

    Raises:
        SettingsError: no such form of an address.
        InputError: a store of a later version, or a database that is not in UTF-8.
        StorageError: another process owns the store, or the server refuses.
    """

    def __init__(self, url: str) -> None:
        self.where, self._conninfo = _read(url)
        self.owner: int | None = None
        self._closed = False
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None
        self._connect()

    def run(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of one statement, which is a transaction of its own.

        Args:
            statement: with `%s`, or `%b` for values that travel as bytes.
            values: for them.

        Raises:
            StorageError: the server refused, or the connection is lost; the next call makes another.
        """
        connection = self._connection if self._connection is not None else self._connect()
        try:
            return connection.execute(statement.encode(), values, prepare=True, binary=True).fetchall()
        except psycopg.Error as error:
            if connection.closed:
                self._connection = None
            raise self._refusal(error) from error

    def fenced(self) -> StorageError:
        """The error for an owner that is none any more."""
        return StorageError(
            self.where,
            expected="to own the store",
            came="another server that took it over",
            fix="stop this server, its streams go on there",
        )

    def close(self) -> None:
        """Give the store back; whoever calls again is refused."""
        self._closed = True
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.execute(_UNLOCK)
            self._connection.close()
            self._connection = None

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        if self._closed:
            raise StorageError(self.where, expected="an open store", came="a closed one", fix="open it again")
        try:
            connection = psycopg.connect(self._conninfo, autocommit=True)
        except psycopg.Error as error:
            raise self._refusal(error) from error
        try:
            self._own(connection)
        except psycopg.Error as error:
            connection.close()
            raise self._refusal(error) from error
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _own(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        """Take the lock, then the number; or see that the number is still ours."""
        connection.execute(_SESSION_SETTINGS)
        self._check_place(connection)
        try:
            connection.execute(_LOCK)
        except psycopg.errors.LockNotAvailable as error:
            raise self._owned_by_another() from error
        connection.execute(_LATER)
        if self.owner is None:
            self._make_ready(connection)
            ((self.owner,),) = connection.execute("UPDATE seqloom_store SET owner = owner + 1 RETURNING owner")
        elif connection.execute("SELECT owner FROM seqloom_store").fetchall() != [(self.owner,)]:
            raise self.fenced()

    def _check_place(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        """A database that holds every name, with a schema for tables."""
        ((encoding, schema),) = connection.execute("SELECT current_setting('server_encoding'), current_schema()")
        if encoding != "UTF8" or schema is None:
            came = f"encoding {encoding}" if schema else "a search path without a schema"
            raise InputError(self.where, expected="a database in UTF-8", came=came, fix="create another database")

    def _make_ready(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        """Tables of this version, made if there are none."""
        ((there,),) = connection.execute("SELECT to_regclass('seqloom_store') IS NOT NULL")
        if not there:
            with connection.transaction():
                connection.execute(SCHEMA)
                connection.execute("INSERT INTO seqloom_store (version, owner) VALUES (%s, 0)", [VERSION])
        ((version,),) = connection.execute("SELECT version FROM seqloom_store")
        if version != VERSION:
            raise InputError(
                self.where,
                expected=f"a store of version {VERSION}",
                came=f"one of version {version}",
                fix="upgrade seqloom (pip install --upgrade seqloom), or name another database",
            )

    def _owned_by_another(self) -> StorageError:
        return StorageError(
            self.where,
            expected="a store that nobody else uses",
            came="one that another server owns",
            fix="stop that server, or name another database",
        )

    def _refusal(self, error: psycopg.Error) -> SeqloomError:
        said = error.diag.message_primary or str(error)
        came = " ".join(said.split())[:300] or type(error).__name__
        return StorageError(self.where, expected="a server that answers", came=came, fix="check the server and its log")


def _read(url: str) -> tuple[str, str]:
    """What may be shown of an address, and what is needed to connect."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:  # its message may quote the password
        parts = None
    if parts is None or _misread(parts):
        raise SettingsError(
            "store on PostgreSQL",
            expected="postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
            came="another form",
            fix="write special characters of the password as %-escapes",
        )
    host, port, name = parts.get("host") or "localhost", parts.get("port"), parts.get("dbname") or ""
    where = f"postgresql://{host}{f':{port}' if port else ''}/{name}"
    given = {key: str(part) for key, part in parts.items() if part is not None}
    return where, make_conninfo(**(_SETTINGS | given))


def _misread(parts: dict[str, Any]) -> bool:
    """Whether an unescaped `@`, `:` or `/` of a password made another part of the rest of it."""
    host, port, name = (str(parts.get(key) or "") for key in ("host", "port", "dbname"))
    return "@" in host + name or not (port or "0").replace(",", "").isdigit()
