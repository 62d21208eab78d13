"""Stores of each kind, opened, closed and opened again."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from seqloom.store import MemoryStore, Record, Session, SQLiteStore, Store

DURABLE = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.xdist_group("postgres"))]
DIGEST = "0123456789abcdef" * 4


@dataclass(frozen=True)
class Home:
    """A place for one store.

    Args:
        open: opens it; it is to be closed before it is opened again.
        where: how its errors name it.
    """

    open: Callable[[], Store]
    where: str


def a_session(stream="pump 7", seq=1, **others):
    """A session of which only some fields matter."""
    given = {"epoch": 0, "digest": DIGEST, "memory": b"memory of " + stream.encode(), "answers": b"[]"} | others
    return Session(stream=stream, seq=seq, **given)


def a_record(stream="pump 7", seq=0, **others):
    """A record of which only some fields matter."""
    given = {"epoch": 0, "digest": DIGEST, "at": 1000 + seq, "time": None, "inputs": b'{"a":1}', "prediction": b"{}"}
    return Record(stream=stream, seq=seq, **(given | others))


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server; skips with the reason where there can be none."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    from tests.store.postgres_server import running_server  # noqa: PLC0415 - needs psycopg

    with running_server() as running:
        yield running


@pytest.fixture
def make_home(tmp_path, request):
    """Makes an empty place of a kind."""
    made = []

    def make(kind):
        made.append(kind)
        if kind == "memory":
            return Home(MemoryStore, "store")
        if kind == "sqlite":
            path = tmp_path / f"live{len(made)}.db"
            return Home(lambda: SQLiteStore(path), str(path))
        from seqloom.store.postgres import PostgresStore  # noqa: PLC0415 - needs psycopg

        running = request.getfixturevalue("server")
        url = running.url(running.new_schema())
        return Home(lambda: PostgresStore(url), f"postgresql://{running.folder}/postgres")

    return make


@pytest.fixture(params=[pytest.param("memory"), *DURABLE])
def store(request, make_home):
    """An empty store of each kind."""
    with make_home(request.param).open() as opened:
        yield opened


@pytest.fixture(params=DURABLE)
def home(request, make_home):
    """An empty place of each durable kind."""
    return make_home(request.param)
