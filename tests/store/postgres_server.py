"""A throw-away PostgreSQL server, reached through a socket in its own folder."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

_INSTALLED = "/usr/lib/postgresql"
"""Debian keeps the programs here, by version, outside of PATH."""

_IN_MEMORY = "/dev/shm"  # noqa: S108 - a folder of its own is made in it
"""Processes are killed here, no power is lost: no disk is needed. And pytest's folders are closed to others."""


def _programs() -> Path:
    found = sorted(Path(_INSTALLED).glob("*/bin/pg_ctl"), key=lambda path: float(path.parts[-3]))
    named = shutil.which("pg_ctl")
    if not found and named is None:
        pytest.skip(
            f"no PostgreSQL: install Debian's package postgresql, or put pg_ctl on PATH ({_INSTALLED} is empty)"
        )
    return found[-1].parent if found else Path(str(named)).parent


def _unprivileged() -> list[str]:
    """What a command has to begin with: the server refuses to be run by root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("PostgreSQL does not run as root: run the tests as somebody else, or install setpriv")
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]


class PostgresServer:
    """One server with one database, of which each test gets a schema of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._control = [*_unprivileged(), str(_programs() / "pg_ctl"), "-D", str(folder / "data")]
        self._schemas = 0

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=20 -c shared_buffers=16MB"
        if sys.platform == "linux":
            options += " -c recovery_init_sync_method=syncfs"  # instead of file by file, after it was stopped at once
        self._run("-l", str(self.folder / "log"), "-o", options, "-w", "start")

    def stop_at_once(self) -> None:
        """End it as a kill would: no check point, open transactions are lost."""
        self._run("-m", "immediate", "-w", "stop")

    def stop(self) -> None:
        """End it as one should, so that no memory it shared is left."""
        self._run("-m", "fast", "-w", "stop")

    def sql(self, statement: str) -> list[tuple]:
        """Rows of a statement of the administrator."""
        with psycopg.connect(self.url("public"), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def url(self, schema: str) -> str:
        """The address of a schema."""
        return f"postgresql://owner:secret@/postgres?host={self.folder}&options=-csearch_path%3D{schema}"

    def new_schema(self) -> str:
        """The name of an empty schema."""
        self._schemas += 1
        name = f"test{self._schemas}"
        self.sql(f"CREATE SCHEMA {name}")
        return name

    def _run(self, *words: str) -> None:
        subprocess.run([*self._control, *words], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """A server in a folder of its own, gone afterwards."""
    programs, prefix = _programs(), _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=_IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None))
    if prefix:
        shutil.chown(folder, "nobody", "nogroup")
    words = ["-D", str(folder / "data"), "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    try:
        subprocess.run([*prefix, str(programs / "initdb"), *words], check=True, stdout=subprocess.DEVNULL)
        server = PostgresServer(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
