"""Sessions in an SQLite file; the laws are in test_store.py, failing disks in test_failing_disk.py."""

import random
import sqlite3
import time
from threading import Thread

import pytest

from seqloom.errors import DamagedStreamError, SeqloomError
from seqloom.store import Change, SQLiteStore
from seqloom.store.sqlite import END, FORGET, STREAMS, TELL
from seqloom.store.tables import COUNT, LATEST, MADE, MADE_OF, RECENT, SESSION, STRETCH
from tests.store.conftest import a_record, a_session

NEIGHBOURS = [a_session("pump 6"), a_session("pump 8")]
GIVEN = a_session("pump 7", 3, memory=random.Random(1).randbytes(64), answers=b'[{"seq":2}]', time=5, at=9)
FIELDS = ("epoch", "seq", "digest", "memory", "answers", "time", "at", "checksum")


@pytest.fixture
def store(tmp_path):
    """A store with three streams, whose rows can be changed behind its back without waiting for the disk."""
    with SQLiteStore(tmp_path / "live.db") as opened:
        opened.commit(Change([*NEIGHBOURS, GIVEN]))
        opened._connection.execute("PRAGMA synchronous = OFF")
        yield opened


def only_it_is_damaged(store):
    """Whether one stream is refused, and its neighbours are what they were."""
    with pytest.raises(DamagedStreamError, match="stream 'pump 7'"):
        store.session("pump 7")
    return [store.session(other.stream) for other in NEIGHBOURS] == NEIGHBOURS


def flips(value, kind):
    """A value with each of its bytes flipped in turn."""
    raw = value.to_bytes(8, "big", signed=True) if kind == "integer" else value
    for place in range(len(raw)):
        flipped = raw[:place] + bytes([raw[place] ^ 0x41]) + raw[place + 1 :]
        yield int.from_bytes(flipped, "big", signed=True) if kind == "integer" else flipped


@pytest.mark.parametrize("field", FIELDS)
def test_a_flipped_byte_quarantines_its_stream_alone(store, field):
    """Each byte of each field in turn; a stream that is ended and begun again is sound again."""
    raw = store._connection
    kind = "text" if field == "digest" else "integer" if field in ("epoch", "seq", "time", "at") else "blob"
    taken = field if kind == "integer" else f"CAST({field} AS BLOB)"
    ((value,),) = raw.execute(f"SELECT {taken} FROM sessions WHERE stream = 'pump 7'")
    placed = "CAST(? AS TEXT)" if kind == "text" else "?"
    for place, flipped in enumerate(flips(value, kind)):
        raw.execute(f"UPDATE sessions SET {field} = {placed} WHERE stream = 'pump 7'", [flipped])
        assert only_it_is_damaged(store), place
    store.commit(Change(ended=["pump 7"]))
    assert store.session("pump 7") is None
    store.commit(Change([GIVEN]))
    assert store.session("pump 7") == GIVEN


@pytest.mark.parametrize("value", ["'text'", "1.5", "x'ff'", "CAST(x'ff' AS TEXT)", "zeroblob(9)", "''"])
@pytest.mark.parametrize("field", FIELDS)
def test_a_value_of_another_type_quarantines_its_stream_alone(store, field, value):
    """SQLite keeps any value in any column."""
    store._connection.execute(f"UPDATE sessions SET {field} = {value} WHERE stream = 'pump 7'")
    assert only_it_is_damaged(store)


def test_a_lost_time_is_damage(store):
    """It might be that of a stream without a clock."""
    store._connection.execute("UPDATE sessions SET time = NULL WHERE stream = 'pump 7'")
    assert only_it_is_damaged(store)


def test_rows_that_were_swapped_are_damage(store):
    """The name is part of the checksum."""
    for before, after in (("pump 6", "x"), ("pump 7", "pump 6"), ("x", "pump 7")):
        store._connection.execute("UPDATE sessions SET stream = ? WHERE stream = ?", [after, before])
    for name in ("pump 6", "pump 7"):
        with pytest.raises(DamagedStreamError):
            store.session(name)
    assert store.session("pump 8") == NEIGHBOURS[1]


@pytest.mark.parametrize("name", ["CAST(x'ff' AS TEXT)", "CAST(x'00' AS TEXT)", "x'ff'", "x''", "'pump 9'"])
def test_a_damaged_name_is_no_other_stream(store, name):
    """It is found under no name, or damaged under another; pages of names go on behind it."""
    store._connection.execute(f"UPDATE sessions SET stream = {name} WHERE stream = 'pump 7'")
    assert store.session("pump 7") is None
    names, after = [], ""
    while page := store.streams(after=after, limit=1):
        names += page
        after = page[-1]
    assert names[:2] == ["pump 6", "pump 8"]
    assert names[2:] == ["pump 9"] * ("pump 9" in name)
    for other in names[2:]:
        with pytest.raises(DamagedStreamError):
            store.session(other)


def served(path, sessions):
    """How many of these sessions a store answers; none is another than it was, and each refusal is one line."""
    try:
        with SQLiteStore(path) as store:
            return sum(is_served(store, session) for session in sessions)
    except SeqloomError as error:
        if "\n" in str(error):
            raise
        return 0


def is_served(store, session):
    """Whether a stream is there, as it was."""
    try:
        found = store.session(session.stream)
    except DamagedStreamError:
        return False
    assert found in (session, None)
    return found is not None


def test_a_file_with_a_flipped_byte_answers_no_wrong_session(tmp_path):
    """Wherever it is: what comes is the session, nothing, or a refusal in one line."""
    path = tmp_path / "live.db"
    sessions = [a_session(f"pump {number}", 3, memory=random.Random(number).randbytes(700)) for number in range(40)]
    with SQLiteStore(path) as store:
        store.commit(Change(sessions, [a_record(session.stream) for session in sessions]))
    good, chance, refused = path.read_bytes(), random.Random(5), 0
    for _ in range(150):
        place = chance.randrange(len(good))
        path.write_bytes(good[:place] + bytes([good[place] ^ (1 << chance.randrange(8))]) + good[place + 1 :])
        refused += served(path, sessions) < len(sessions)
    assert refused > 20


def test_a_damaged_page_quarantines_the_streams_on_it(tmp_path):
    """Those on other pages are served."""
    path = tmp_path / "live.db"
    sessions = [a_session(f"pump {number}", memory=bytes(3000)) for number in range(30)]
    with SQLiteStore(path) as store:
        store.commit(Change(sessions))
        ((page,),) = store._connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'records_at'")
        size = 4096
    raw = bytearray(path.read_bytes())
    last = len(raw) // size - 1  # the last page that was filled: one row
    assert last > page
    raw[last * size : last * size + 8] = bytes([0xEE] * 8)
    path.write_bytes(raw)
    assert served(path, sessions) == 29


def test_any_thread_may_commit(store):
    """One at a time: a server's writer is not the thread that opened the store."""
    thread = Thread(target=lambda: store.commit(Change([a_session("from there")])))
    thread.start()
    thread.join()
    assert store.session("from there") == a_session("from there")


def test_the_log_stays_short(tmp_path):
    """However much is committed, and after one huge commit too."""
    path = tmp_path / "live.db"
    with SQLiteStore(path) as store:
        store._connection.execute("PRAGMA synchronous = OFF")
        store._connection.execute("PRAGMA wal_autocheckpoint = 100")
        for seq in range(60):
            store.commit(Change([a_session(f"pump {n}", seq, memory=bytes(8000)) for n in range(10)]))
        log = path.with_name("live.db-wal").stat().st_size
    assert log < 4 * 100 * 4096


def test_the_log_is_let_grow_to_16_mib(store):
    """And cut to 32 after it was longer."""
    assert store._connection.execute("PRAGMA wal_autocheckpoint").fetchone() == (4000,)
    assert store._connection.execute("PRAGMA journal_size_limit").fetchone() == (32_768_000,)


def test_forgetting_much_is_done_in_parts(store):
    """Each a transaction of its own."""
    store.commit(Change(records=[a_record(seq=seq, at=seq) for seq in range(25_000)]))
    statements = []
    store._connection.set_trace_callback(statements.append)
    assert store.forget(24_000) == 24_000
    assert statements.count("COMMIT") == 3
    assert len(list(store.records())) == 1000


@pytest.mark.parametrize(
    ("question", "values"),
    [
        (STREAMS, 2),
        (END, 1),
        (TELL, 4),
        (FORGET, 2),
        (SESSION, 1),
        (STRETCH, 4),
        (LATEST, 1),
        (RECENT, 2),
        (MADE, 2),
        (MADE_OF, 4),
        (COUNT, 0),
    ],
)
def test_no_question_reads_a_whole_table(store, question, values):
    """Each is answered from an index, in its order."""
    plan = [row[3] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {question}", [0] * values)]
    assert all(
        "INDEX" in step or "USING INTEGER PRIMARY KEY" in step or "SUBQUERY" in step or "RIGHT PART" in step
        for step in plan
    ), plan


def test_ten_thousand_streams_are_there_at_once(tmp_path):
    """After a kill, with the log still to be read: counted, and the first of them read, in well under two seconds."""
    with SQLiteStore(tmp_path / "live.db") as store:
        store._connection.execute("PRAGMA wal_autocheckpoint = 0")
        store.commit(Change([a_session(f"pump {number:05}", memory=bytes(1024)) for number in range(10_000)]))
        for name in ("live.db", "live.db-wal"):
            (tmp_path / "left").mkdir(exist_ok=True)
            (tmp_path / "left" / name).write_bytes((tmp_path / name).read_bytes())
    begun = time.perf_counter()
    with SQLiteStore(tmp_path / "left" / "live.db") as store:
        assert store.count() == 10_000
        assert all(store.session(name) is not None for name in store.streams(limit=100))
        took = time.perf_counter() - begun
    assert took < 2


def test_a_database_that_is_busy_is_not_waited_for(tmp_path):
    """A second server is refused at once, not after five seconds."""
    with SQLiteStore(tmp_path / "live.db"):
        begun = time.perf_counter()
        with pytest.raises(SeqloomError):
            SQLiteStore(tmp_path / "live.db")
        assert time.perf_counter() - begun < 2


def test_the_module_of_sqlite_is_enough():
    """The statements need SQLite 3.24, of 2018, which came with every Python that is supported."""
    assert sqlite3.sqlite_version_info >= (3, 24)
