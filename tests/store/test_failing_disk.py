"""SQLite on a disk that is full or fails: nothing is half done, and it goes on when the disk does."""

import errno
import shutil
import sqlite3
import subprocess
import sys

import pytest

from seqloom.errors import DamagedStreamError, StorageError
from seqloom.store import Change, SQLiteStore
from tests.store.conftest import a_record, a_session
from tests.store.refused_calls import outcome_where_calls_fail

FAILURES = [
    (("pwrite64",), errno.ENOSPC, "full disk"),
    (("pwrite64",), errno.EIO, "SQLITE_IOERR_WRITE"),
    (("fdatasync", "fsync"), errno.EIO, "SQLITE_IOERR"),
    (("pwrite64", "fdatasync", "fsync"), errno.EROFS, "SQLITE_IOERR"),
]


@pytest.fixture
def store(tmp_path):
    """A store with one stream and one record."""
    with SQLiteStore(tmp_path / "live.db") as opened:
        opened.commit(Change([a_session("a"), a_session("b")], [a_record("a")]))
        yield opened


def nothing_changed(store):
    """Whether the store holds what the fixture put there."""
    held = [store.session(name) for name in "abc"]
    return held == [a_session("a"), a_session("b"), None] and list(store.records()) == [a_record("a")]


@pytest.mark.parametrize(("calls", "error", "words"), FAILURES)
def test_a_failing_disk_keeps_nothing_of_a_commit(store, calls, error, words):
    """The error says it in one line; when the disk works again, so does the store, and what failed can be committed."""
    change = Change([a_session("a", seq=2), a_session("c")], [a_record("c")], ended=["b"])
    for _ in range(3):
        raised = outcome_where_calls_fail(lambda: store.commit(change), calls, error)
        assert isinstance(raised, StorageError)
        assert words in str(raised)
        assert "\n" not in str(raised)
        assert nothing_changed(store)
    store.commit(change)
    assert [store.session(name) for name in "abc"] == [a_session("a", seq=2), None, a_session("c")]


@pytest.mark.parametrize(("calls", "error", "words"), FAILURES)
def test_a_failing_disk_takes_nothing_that_was_committed(store, tmp_path, calls, error, words):
    """Closed after the failure, and opened again."""
    change = Change([a_session("a", seq=2)], ended=["b"])
    assert words in str(outcome_where_calls_fail(lambda: store.commit(change), calls, error))
    store.close()
    with SQLiteStore(tmp_path / "live.db") as again:
        assert nothing_changed(again)


@pytest.mark.parametrize(("calls", "error", "words"), FAILURES)
def test_truth_and_retention_fail_as_commits_do(store, calls, error, words):
    """Nothing is told and nothing forgotten."""
    for change in (lambda: store.tell("a", 0, 0, b"1"), lambda: store.forget(10**9)):
        assert words in str(outcome_where_calls_fail(change, calls, error))
        assert nothing_changed(store)
    assert store.tell("a", 0, 0, b"1")
    assert store.forget(10**9) == 1


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [(errno.EIO, DamagedStreamError, "damaged"), (errno.EACCES, StorageError, "SQLITE_IOERR_READ")],
)
def test_a_sector_that_cannot_be_read_is_told(tmp_path, error, kind, words):
    """Of the stream that was asked for, which is there again when the sector is."""
    with SQLiteStore(tmp_path / "live.db") as store:
        store.commit(Change([a_session(f"pump {number}", memory=bytes(4000)) for number in range(50)]))
    with SQLiteStore(tmp_path / "live.db") as store:
        raised = outcome_where_calls_fail(lambda: store.session("pump 30"), ("pread64",), error)
        assert isinstance(raised, kind)
        assert words in str(raised)
        assert store.session("pump 30") is not None


@pytest.mark.parametrize(("calls", "error", "words"), FAILURES)
def test_a_check_point_that_fails_loses_nothing(store, tmp_path, calls, error, words):
    """The log is kept until all of it is in the database."""
    store.commit(Change([a_session("c")]))
    raised = outcome_where_calls_fail(lambda: store._connection.execute("PRAGMA wal_checkpoint"), calls, error)
    assert isinstance(raised, sqlite3.OperationalError), words
    store.commit(Change([a_session("d")]))
    assert store.streams() == ["a", "b", "c", "d"]
    store.close()
    with SQLiteStore(tmp_path / "live.db") as again:
        assert [again.session(name) for name in "abcd"] == [a_session(name) for name in "abcd"]


def test_a_database_that_may_not_grow_is_full(store):
    """And goes on as soon as it may."""
    ((pages,),) = store._connection.execute("PRAGMA page_count")
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    large = Change([a_session("a", seq=2), a_session("c", memory=bytes(100_000))])
    with pytest.raises(StorageError, match="full disk; make room"):
        store.commit(large)
    assert nothing_changed(store)
    store.commit(Change([a_session("a", seq=2)]))
    store._connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
    store.commit(large)
    assert store.session("c") == large.sessions[1]


FILLS = """
import sys, resource, signal
from pathlib import Path
from seqloom.errors import StorageError
from seqloom.store import Change, Session, SQLiteStore
folder, limit = Path(sys.argv[1]), int(sys.argv[2])
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
else:
    (folder / "ballast").write_bytes(bytes(300_000))
with SQLiteStore(folder / "live.db") as store:
    kept, said = 0, set()
    for number in range(200):
        try:
            store.commit(Change([Session(f"pump {number}", 0, 1, "d", bytes(8000), b"[]")]))
            kept = number + 1
        except StorageError as error:
            said.add(str(error))
            break
    assert store.count() == kept, (store.count(), kept)
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    else:
        (folder / "ballast").unlink()
    for number in range(kept, kept + 5):
        store.commit(Change([Session(f"pump {number}", 0, 1, "d", bytes(8000), b"[]")]))
with SQLiteStore(folder / "live.db") as store:
    assert store.count() == kept + 5
    for number in range(kept + 5):
        assert store.session(f"pump {number}").memory == bytes(8000)
print(kept, *said)
"""


def filled(folder, limit, *before):
    """What a process says that commits until the disk is full, then goes on when there is room."""
    words = [*before, sys.executable, "-c", FILLS, str(folder), str(limit)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    kept, _, said = done.stdout.strip().partition(" ")
    assert 5 < int(kept) < 190
    return said


def test_a_file_that_may_not_grow_is_a_failing_disk(tmp_path):
    """What was acknowledged before is there, and it goes on when the limit is lifted."""
    assert "expected a disk that works, came SQLITE_IOERR" in filled(tmp_path, 400_000)


def test_a_full_disk_is_survived(tmp_path):
    """A file system of one mebibyte: what was acknowledged is there, and it goes on when there is room."""
    mount = [
        "unshare",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        f'mount -t tmpfs -o size=1M none "{tmp_path}" && "$@"',
        "sh",
    ]
    if shutil.which("unshare") is None or subprocess.run([*mount, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no small file system can be mounted without rights: needs Linux with user name spaces")
    assert "expected room to write, came a full disk" in filled(tmp_path, 0, *mount)
