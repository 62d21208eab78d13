"""Where trials are kept: in an SQLite file, in a database for several machines, or in memory."""

import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from seqloom.errors import SettingsError, StorageError
from seqloom.tune.package import no_pool, package

ENDING = ".tune.db"
"""Of the file beside the output, where nothing else is said."""
BEAT, GRACE = 30, 120
"""Seconds between two signs of life of a running trial, and after which one that gives none is given up."""
PATIENCE = 60
"""Seconds to wait for a file that another process is writing to."""
FILE = "sqlite:///"

Stale = Callable[[Any, Any], None]
"""Told a study and a trial of it that gives no more sign of life."""


def address_of(storage: str | Path) -> str:
    """The URL of a storage, or of the file a path names.

    Raises:
        SettingsError: it is empty.

    Example:
        >>> address_of("load.tune.db"), address_of("postgresql://db/trials")
        ('sqlite:///load.tune.db', 'postgresql://db/trials')
    """
    text = str(storage)
    if not text:
        raise SettingsError("storage", expected="a path or a URL", came="nothing", fix="name one")
    return text if "://" in text else f"{FILE}{text}"


def told(address: str) -> str:
    """An address as it may be shown: without a password.

    Example:
        >>> told("postgresql://me:secret@db/trials"), told("sqlite:///load.tune.db")
        ('postgresql://me:***@db/trials', 'load.tune.db')
    """
    return re.sub(r"(://[^:/@]*):[^@/]*@", r"\1:***@", address).removeprefix(FILE)


def open_storage(address: str | None, stale: Stale) -> Any:  # noqa: ANN401 - one of Optuna's
    """The storage at an address; made if there is none yet.

    Args:
        address: a URL of SQLAlchemy: `sqlite:///FILE`, `postgresql://…`, `mysql://…`; None: in memory only.
        stale: told of running trials that give no more sign of life.

    Raises:
        SettingsError: no such database is known, or the package for it is not installed.
        StorageError: the file or the server refuses.
    """
    optuna = package()
    if address is None:
        return optuna.storages.InMemoryStorage()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
            return optuna.storages.RDBStorage(
                address,
                engine_kwargs=_connections(address),
                heartbeat_interval=BEAT,
                grace_period=GRACE,
                heartbeat_stale_trial_callback=stale,
            )
    except Exception as error:  # whatever SQLAlchemy, the driver of a database or Optuna says of it
        came = _came(error, address)
        if isinstance(error, ImportError) or type(error).__name__ in ("NoSuchModuleError", "ArgumentError"):
            expected, fix = "a database SQLAlchemy knows, with its driver", "check the URL, install the driver"
            raise SettingsError(f"storage {told(address)}", expected=expected, came=came, fix=fix) from error
        expected, fix = "a database that keeps trials", "check the place and the permissions"
        raise StorageError(f"storage {told(address)}", expected=expected, came=came, fix=fix) from error


def _connections(address: str) -> dict[str, Any]:
    """How SQLAlchemy connects: to a server anew each time; one left idle during a trial may be cut off."""
    return {"connect_args": {"timeout": PATIENCE}} if address.startswith("sqlite") else {"poolclass": no_pool()}


def _came(error: Exception, address: str) -> str:
    """The first line of what was said, without a password."""
    lines = str(error.args[0] if error.args else error).strip().splitlines() or [type(error).__name__]
    found = re.search(r"://[^:/@]*:([^@/]*)@", address)
    return lines[0].replace(found[1], "***") if found and found[1] else lines[0]
