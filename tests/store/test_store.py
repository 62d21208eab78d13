"""The laws of every store, whatever it keeps its sessions in."""

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from seqloom.errors import InputError, StorageError
from seqloom.store import Change, Session
from tests.store.conftest import DURABLE, a_record, a_session
from tests.store.store_machine import StoreAgainstDictionaries

LARGEST = 2**63 - 1
SHORT = ["a", "A", "a b", "ä", "a\u0308", "ÿ", "Ā", "\uffff", "𝄞", "🚰 7", "\x01", "%s", "'; DROP TABLE sessions; --"]
NAMES = [*SHORT, "x" * 1024]
"""Among them one after which names in UTF-16 would be in another order, and two that look the same."""


@pytest.mark.parametrize("name", NAMES)
def test_any_name_comes_back_as_it_is(store, name):
    """Letters of every plane, signs of any language, and two spellings of one letter are told apart."""
    store.commit(Change([a_session(name)], [a_record(name)]))
    assert store.session(name) == a_session(name)
    assert store.streams() == [name]
    assert list(store.records()) == [a_record(name)]


@pytest.mark.parametrize(
    "session",
    [
        a_session(seq=0, memory=b"", answers=b"", digest=""),
        a_session(seq=LARGEST, epoch=LARGEST, time=LARGEST, at=LARGEST),
        a_session(time=-LARGEST - 1, at=-LARGEST - 1),
        a_session(memory=bytes(range(256)) * 1024, answers=b"\0" * 70_000),
        a_session(time=0),
        a_session(time=None),
    ],
)
def test_a_session_comes_back_as_it_is(store, session):
    """Empty and large blobs, the smallest and largest numbers, and no time are all kept."""
    store.commit(Change([session]))
    assert store.session(session.stream) == session


@pytest.mark.parametrize(
    "record",
    [
        a_record(inputs=b"", prediction=b"", truth=b"", digest=""),
        a_record(seq=LARGEST, epoch=LARGEST, at=LARGEST, time=LARGEST),
        a_record(at=0, time=-LARGEST - 1),
        a_record(inputs=b"\0" * 70_000, truth=bytes(range(256))),
        a_record(norm=0.1),
    ],
)
def test_a_record_comes_back_as_it_is(store, record):
    """Empty and large texts, the smallest and largest numbers, and no time are all kept."""
    store.commit(Change(records=[record]))
    assert store.record(record.stream, record.epoch, record.seq) == record
    assert list(store.records()) == [record]


def test_times_of_one_commit_may_be_partly_missing(store):
    """Streams with a clock and without share a commit."""
    sessions = [a_session("a", time=None), a_session("b", time=-1), a_session("c", time=LARGEST)]
    store.commit(Change(sessions))
    assert [store.session(name) for name in "abc"] == sessions


def test_the_last_commit_counts(store):
    """A session takes the place of the one before."""
    store.commit(Change([a_session(seq=1), a_session("other")]))
    store.commit(Change([a_session(seq=2, epoch=1, memory=b"new", answers=b"[1]", time=5, at=6, digest="e")]))
    assert store.session("pump 7") == Session("pump 7", 1, 2, "e", b"new", b"[1]", 5, 6)
    assert store.session("other") == a_session("other")
    assert store.count() == 2


def test_an_ended_stream_is_gone_and_its_records_stay(store):
    """What it predicted may still be judged."""
    store.commit(Change([a_session(), a_session("other")], [a_record()]))
    store.commit(Change(ended=["pump 7", "never there"]))
    assert store.session("pump 7") is None
    assert store.streams() == ["other"]
    assert store.record("pump 7", 0, 0) == a_record()


def test_nothing_is_there_in_the_beginning(store):
    """Every question has an answer in an empty store."""
    assert store.session("pump 7") is None
    assert store.record("pump 7", 0, 0) is None
    assert (store.count(), store.streams(), store.recent("pump 7")) == (0, [], [])
    assert (list(store.records()), list(store.records(stream="pump 7"))) == ([], [])
    assert (store.tell("pump 7", 0, 0, b"1"), store.forget(LARGEST)) == (False, 0)
    store.commit(Change())
    assert store.count() == 0


def test_streams_come_in_the_order_of_their_bytes(store):
    """All of them, page by page, in the order of UTF-8."""
    store.commit(Change([a_session(name) for name in reversed(NAMES)]))
    pages, after = [], ""
    while page := store.streams(after=after, limit=3):
        pages.append(page)
        after = page[-1]
    assert [len(page) for page in pages] == [3, 3, 3, 3, 2]
    assert [name for page in pages for name in page] == sorted(NAMES, key=str.encode)
    assert store.streams(after="a", limit=2) == ["a b", "a\u0308"]
    assert store.streams(limit=0) == []


def test_records_come_in_the_order_they_were_made(store):
    """By their time, and within one time in the order of the commit."""
    first = [a_record("b", seq, at=20) for seq in (5, 3, 4)]
    later = [a_record("a", 0, at=30), a_record("c", 0, at=10)]
    store.commit(Change(records=first))
    store.commit(Change(records=later))
    assert list(store.records()) == [later[1], *first, later[0]]
    assert list(store.records(since=20)) == [*first, later[0]]
    assert list(store.records(since=21)) == [later[0]]


def test_records_of_a_stream_come_by_epoch_and_number(store):
    """Whenever they were made."""
    made = [a_record("a", 2, epoch=0, at=9), a_record("a", 0, epoch=1, at=5), a_record("a", 1, epoch=0, at=7)]
    store.commit(Change(records=[*made, a_record("b", 0, at=6)]))
    assert list(store.records(stream="a")) == [made[2], made[0], made[1]]
    assert list(store.records(stream="a", since=7)) == [made[2], made[0]]
    assert store.recent("a", limit=2) == [made[0], made[1]]
    assert store.recent("a", limit=0) == []


def test_a_stretch_of_records_is_as_long_as_they_are_kept(store):
    """From one number to another, of one epoch; those that are gone are left out."""
    made = [a_record("a", seq, epoch=1) for seq in (0, 1, 3, 4)]
    store.commit(Change(records=[*made, a_record("a", 2, epoch=0), a_record("b", 2, epoch=1)]))
    assert store.stretch("a", 1, 1, 3) == [made[1], made[2]]
    assert store.stretch("a", 1, 3, LARGEST) == made[2:]
    assert store.stretch("a", 1, 3, 1) == []


def test_records_come_page_by_page(store):
    """Each page says where the next one begins, also among records of one moment, and after some were forgotten."""
    made = [a_record("a", seq, at=10 + seq // 1500) for seq in range(2500)]
    store.commit(Change(records=made))
    first, place = store.page((0, -1))
    assert 0 < len(first) < 2500
    found = list(first)
    while page := store.page(place):
        if not page[0]:
            break
        found, place = [*found, *page[0]], page[1]
    assert found == made
    assert store.page(place) == ([], place)
    store.forget(11)
    assert store.page((11, -1))[0][0] == made[1500]
    store.commit(Change(records=[a_record("b", 0, at=11)]))
    assert store.page(place)[0] == [a_record("b", 0, at=11)]


@pytest.mark.parametrize("stream", [None, "pump 7"])
def test_more_records_than_a_page_holds_all_come(store, stream):
    """Also when the store changes while they are read."""
    records = [a_record(seq=seq, at=1 + seq // 700) for seq in range(2500)]
    store.commit(Change(records=records))
    found = []
    for record in store.records(stream=stream):
        found.append(record)
        if len(found) == 10:
            store.commit(Change([a_session()], [a_record("earlier", at=0)]))
            store.forget(1)
    assert found == records


def test_a_prediction_made_again_takes_the_place_of_the_first(store):
    """A stream that was ended and begun again is told the truth about its own predictions."""
    store.commit(Change(records=[a_record(prediction=b"old", truth=b"0"), a_record(seq=1)]))
    again = a_record(prediction=b"new", inputs=b"{}", at=5000, time=7, digest="e")
    store.commit(Change(records=[again]))
    assert store.record("pump 7", 0, 0) == again
    assert list(store.records()) == [a_record(seq=1), again]


def test_the_truth_is_added_to_its_prediction(store):
    """To it alone; a later word replaces an earlier one; where there is none the answer is no."""
    store.commit(Change(records=[a_record(), a_record(seq=1), a_record(epoch=1), a_record("other")]))
    assert store.tell("pump 7", 0, 0, b'{"a":1}')
    assert store.tell("pump 7", 0, 0, b'{"a":2}')
    assert not store.tell("pump 7", 0, 2, b"3")
    assert store.record("pump 7", 0, 0) == a_record(truth=b'{"a":2}')
    assert [record.truth for record in store.records()].count(None) == 3


def test_old_records_are_forgotten(store):
    """Those made before the time, the oldest first, and not one session."""
    store.commit(Change([a_session()], [a_record(seq=seq, at=seq) for seq in range(10)]))
    assert store.forget(3) == 3
    assert store.forget(8, limit=2) == 2
    assert [record.seq for record in store.records()] == [5, 6, 7, 8, 9]
    assert store.forget(100, limit=0) == 0
    assert store.forget(100) == 5
    assert store.session("pump 7") is not None


@pytest.mark.parametrize("name", ["", "a\0b", "\ud800", "x" * 1025])
def test_a_name_no_store_can_hold_is_refused(store, name):
    """The same names in every store, whatever is asked of it."""
    for ask in (
        lambda: store.session(name),
        lambda: store.record(name, 0, 0),
        lambda: store.recent(name),
        lambda: store.tell(name, 0, 0, b"1"),
        lambda: list(store.records(stream=name)),
        lambda: store.streams(after=name) if name else store.session(name),
    ):
        with pytest.raises(InputError, match="name of a stream"):
            ask()


@pytest.mark.parametrize("number", [-1, 2**63])
def test_a_number_no_store_can_hold_is_refused(store, number):
    """Rather than rounded, or found nowhere."""
    with pytest.raises(InputError, match="epochs and numbers"):
        store.record("pump 7", 0, number)
    with pytest.raises(InputError, match="epochs and numbers"):
        store.tell("pump 7", number, 0, b"1")


@pytest.mark.parametrize("moment", [-(2**63) - 1, 2**63])
def test_a_time_no_store_can_hold_is_refused(store, moment):
    """Rather than an answer to another question."""
    for ask in (lambda: store.forget(moment), lambda: list(store.records(since=moment))):
        with pytest.raises(InputError, match="times"):
            ask()


def test_a_closed_store_says_so(store):
    """In one line, whatever is asked; closing it twice does no harm."""
    store.close()
    store.close()
    for ask in (
        lambda: store.commit(Change([a_session()])),
        lambda: store.session("pump 7"),
        store.count,
        store.streams,
        lambda: list(store.records()),
        lambda: store.tell("pump 7", 0, 0, b"1"),
        lambda: store.forget(0),
    ):
        with pytest.raises(StorageError, match="closed"):
            ask()


def test_what_was_committed_is_there_after_opening_again(home):
    """Sessions, records and truths, and that a stream was ended."""
    with home.open() as store:
        store.commit(Change([a_session("a"), a_session("b")], [a_record()]))
        store.commit(Change([a_session("a", seq=2)], ended=["b"]))
        store.tell("pump 7", 0, 0, b"1")
    with home.open() as store:
        assert store.streams() == ["a"]
        assert store.session("a") == a_session("a", seq=2)
        assert list(store.records()) == [a_record(truth=b"1")]


def test_a_commit_that_fails_in_the_middle_leaves_nothing(home):
    """Not the sessions before it, not the records, not the end of a stream; and the next commit works."""
    with home.open() as store:
        store.commit(Change([a_session("a"), a_session("b")]))
        broken = a_record(seq=1, inputs=None)
        with pytest.raises(StorageError, match="inputs"):
            store.commit(Change([a_session("a", seq=2), a_session("c")], [a_record(), broken], ended=["b"]))
        assert [store.session(name) for name in "abc"] == [a_session("a"), a_session("b"), None]
        assert list(store.records()) == []
        store.commit(Change([a_session("c")]))
        assert store.streams() == ["a", "b", "c"]


def test_a_second_owner_is_refused(home):
    """It is told in one line which store, and that another server owns it; then the first goes on."""
    with home.open() as store:
        store.commit(Change([a_session()]))
        with pytest.raises(StorageError, match="another server owns") as refused:
            home.open()
        assert str(refused.value).startswith(home.where)
        assert "\n" not in str(refused.value)
        store.commit(Change([a_session(seq=2)]))
    with home.open() as store:
        assert store.session("pump 7") == a_session(seq=2)


@pytest.mark.parametrize("kind", [pytest.param("memory"), *DURABLE])
def test_a_store_is_two_dictionaries(kind, make_home):
    """Whatever is done in whatever order, with the store closed and opened in between."""

    class Machine(StoreAgainstDictionaries):
        new_home = staticmethod(lambda: make_home(kind))
        durable = kind != "memory"

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=10 if kind == "postgres" else 25,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_room_loads_nothing_heavy():
    """A pipe that starts has no time for packages that stores do not need."""
    code = "import sys, seqloom.store; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & {"torch", "numpy", "polars", "pydantic", "psycopg"} == set()


def test_the_time_of_the_latest_records_is_known(store):
    """About so many were made from then on; all of them where there are no more."""
    store.commit(Change(records=[a_record(seq=seq, at=100 + seq) for seq in range(10)]))
    assert store.since(3) == 106
    assert len(list(store.records(since=store.since(3)))) == 4
    assert (store.since(10), store.since(99)) == (0, 0)


def test_a_store_has_one_lock_for_all_who_use_it(store):
    """From several threads."""
    assert store.lock is store.lock
