"""Sessions on a PostgreSQL server; the laws are in test_store.py."""

import subprocess
import sys
import time

import pytest

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")

from seqloom.errors import DamagedStreamError, StorageError  # noqa: E402 - after the optional package
from seqloom.store import Change  # noqa: E402 - as above
from seqloom.store.postgres import PostgresStore  # noqa: E402 - as above
from tests.store.conftest import a_record, a_session  # noqa: E402 - as above

pytestmark = pytest.mark.xdist_group("postgres")
COMMITS = """
import sys
from seqloom.errors import StorageError
from seqloom.store import Change, Record, Session, open_store
store = open_store(sys.argv[1])
seq = 0 if store.session("pump 0") is None else store.session("pump 0").seq
print("ready", flush=True)
while True:
    seq += 1
    memory = seq.to_bytes(8) * 200
    sessions = [Session(f"pump {n}", 0, seq, "d", memory, b"[]", seq) for n in range(8)]
    try:
        store.commit(Change(sessions, [Record(s.stream, 0, seq - 1, "d", seq, None, memory, b"{}") for s in sessions]))
    except StorageError as error:
        assert "\\n" not in str(error)
        print("refused", flush=True)
        break
    print(seq, flush=True)
"""


@pytest.fixture
def schema(server):
    """An empty schema."""
    return server.new_schema()


def all_there(store, last):
    """The number all streams have come to, after so much was acknowledged and nothing is half there."""
    held = [store.session(f"pump {number}") for number in range(8)]
    if held[0] is None:
        assert (held, last) == ([None] * 8, 0)
        return 0
    (seq,) = {session.seq for session in held}
    assert last <= seq <= last + 1
    assert {session.memory for session in held} == {seq.to_bytes(8) * 200}
    assert [record.seq for record in store.records(stream="pump 3")] == list(range(seq))
    return seq


def test_what_was_acknowledged_before_the_server_was_killed_is_there(server, schema):
    """Stopped at once in the midst of commits: they are refused, and then nothing is lost or half done."""
    last = 0
    for _ in range(2):
        words = [sys.executable, "-c", COMMITS, server.url(schema)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout.readline() == "ready\n"
            time.sleep(0.15)
            server.stop_at_once()
            *said, end = process.stdout.read().split()
        assert (end, process.returncode) == ("refused", 0)
        server.start()
        with PostgresStore(server.url(schema)) as store:
            last = all_there(store, int(said[-1]) if said else last)
    assert last > 2


def test_what_was_acknowledged_before_a_kill_is_there(server, schema):
    """Our own process in the midst of commits; the next one owns the store as soon as the server noticed."""
    last = 0
    for wait in (0.02, 0.05, 0.08, 0.11):
        words = [sys.executable, "-c", COMMITS, server.url(schema)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout.readline() == "ready\n"
            time.sleep(wait)
            process.kill()
            said = process.stdout.read().split("\n")[:-1]
        with opened_soon(server.url(schema)) as store:
            last = all_there(store, int(said[-1]) if said else last)
    assert last > 0


def opened_soon(url):
    """A store, once the server noticed that its owner is gone."""
    for _ in range(100):
        try:
            return PostgresStore(url)
        except StorageError as error:
            if "another server owns" not in str(error):
                raise
            time.sleep(0.02)
    raise AssertionError("the lock of a killed process was not given back")


def test_a_server_that_is_away_is_an_error_until_it_is_back(server, schema):
    """Then the same store goes on where it was."""
    with PostgresStore(server.url(schema)) as store:
        store.commit(Change([a_session()], [a_record()]))
        server.stop_at_once()
        for _ in range(3):
            with pytest.raises(StorageError, match="expected a server that answers"):
                store.commit(Change([a_session(seq=2)]))
        server.start()
        assert store.session("pump 7") == a_session()
        store.commit(Change([a_session(seq=2)]))
        assert store.session("pump 7") == a_session(seq=2)


def test_a_replaced_owner_changes_nothing(server, schema):
    """Its number is part of every change: even on a connection that lives, as behind a pool, where locks are lost."""
    with PostgresStore(server.url(schema)) as store:
        store.commit(Change([a_session("a"), a_session("b")], [a_record("a")]))
        server.sql(f"UPDATE {schema}.seqloom_store SET owner = owner + 1")
        for change in (
            lambda: store.commit(Change([a_session("a", seq=2)], [a_record("b")], ["b"])),
            lambda: store.commit(Change(ended=["a"])),
            lambda: store.tell("a", 0, 0, b"1"),
            lambda: store.forget(10**9),
        ):
            with pytest.raises(StorageError, match="expected to own the store, came another server that took it over"):
                change()
        assert [store.session(name) for name in "ab"] == [a_session("a"), a_session("b")]
        assert list(store.records()) == [a_record("a")]


def test_a_commit_waits_for_who_is_taking_over_and_is_then_refused(server, schema):
    """The number is looked at again when the lock on it is free."""
    with PostgresStore(server.url(schema)) as store:
        store.commit(Change([a_session()]))
        with psycopg.connect(server.url(schema)) as taking:
            taking.execute("UPDATE seqloom_store SET owner = owner + 1")
            store._link.run("SELECT set_config('lock_timeout', '200ms', false)")
            with pytest.raises(StorageError, match="lock timeout"):
                store.commit(Change([a_session(seq=2)]))
        with pytest.raises(StorageError, match="took it over"):
            store.commit(Change([a_session(seq=2)]))
        assert store.session("pump 7") == a_session()


@pytest.mark.parametrize(
    "change",
    [
        "epoch = epoch + 1",
        "seq = seq + 1",
        "digest = 'e'",
        "memory = set_byte(memory, 3, 255)",
        "answers = set_byte(answers, 0, 255)",
        "time = 7",
        "time = NULL",
        "at = at + 1",
        "checksum = set_byte(checksum, 15, 255)",
        "checksum = ''",
    ],
)
def test_a_changed_field_quarantines_its_stream_alone(server, schema, change):
    """The others are served."""
    with PostgresStore(server.url(schema)) as store:
        store.commit(Change([a_session("a", time=5), a_session("b")]))
        server.sql(f"UPDATE {schema}.seqloom_sessions SET {change} WHERE stream = 'a'")
        with pytest.raises(DamagedStreamError, match="stream 'a'"):
            store.session("a")
        assert store.session("b") == a_session("b")
        store.commit(Change(ended=["a"]))
        assert store.session("a") is None


def test_ten_thousand_streams_are_there_at_once(server, schema):
    """Counted, and the first of them read, in well under two seconds."""
    with PostgresStore(server.url(schema)) as store:
        store.commit(Change([a_session(f"pump {number:05}", memory=bytes(1024)) for number in range(10_000)]))
    begun = time.perf_counter()
    with PostgresStore(server.url(schema)) as store:
        assert store.count() == 10_000
        assert all(store.session(name) is not None for name in store.streams(limit=100))
        assert time.perf_counter() - begun < 2
