"""A store by its address."""

import re
from pathlib import Path

from seqloom.errors import SettingsError
from seqloom.store.memory import MemoryStore
from seqloom.store.served import Records, ServedRecords
from seqloom.store.sqlite import SQLiteStore
from seqloom.store.store import Store

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)://")
_ENDINGS = (".db", ".sqlite", ".sqlite3")


def open_records(url: str | Path | None, token: str | None = None) -> Records:
    """Where records are read: the store at an address, or a running server that owns one.

    Args:
        url: see `open_store`; or `http://HOST:PORT` of a server.
        token: of an administrator of the server.

    Raises:
        SettingsError: see `open_store`, as the others.
        InputError: see there.
        StorageError: see there.
    """
    return ServedRecords(str(url), token) if str(url).startswith(("http://", "https://")) else open_store(url)


def open_store(url: str | Path | None) -> Store:
    """The store at an address, opened; made if there is none yet.

    Args:
        url: `sqlite:///live.db` (relative), `sqlite:////var/lib/live.db` (absolute), or the path of a file that ends in
            `.db`, `.sqlite` or `.sqlite3`; `postgresql://USER:PASSWORD@HOST/DATABASE`; None: in memory only.

    Returns:
        The store, owned by the caller until it is closed.

    Raises:
        SettingsError: an address of another form, or PostgreSQL without the package for it.
        InputError: what is there is no store.
        StorageError: it is owned by another process, or the disk or the server refuses.

    Example:
        >>> open_store(None).count()
        0
    """
    if url is None:
        return MemoryStore()
    found = _SCHEME.match(str(url))
    scheme, rest = (found[1].lower(), str(url)[found.end() :]) if found else ("", "")
    match scheme:
        case "sqlite" if rest.startswith("/") and rest != "/":
            return SQLiteStore(rest[1:])
        case "postgresql" | "postgres":
            from seqloom.store.postgres import PostgresStore  # noqa: PLC0415 - psycopg is an optional package

            return PostgresStore(f"postgresql://{rest}")
        case "" if Path(url).suffix.lower() in _ENDINGS:
            return SQLiteStore(url)
    raise SettingsError(
        "store",
        expected="sqlite:///FILE, the path of a .db file, or postgresql://USER:PASSWORD@HOST/DATABASE",
        came=f"{scheme}://…" if scheme else repr(str(url)),
        fix="correct the address",
    )
