"""Sessions: what is acknowledged is durable, what is repeated is answered as it was, what is wrong moves nothing."""

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import seqloom
from benchmarks.reliability import accumulator
from seqloom.artifact import load
from seqloom.errors import (
    DamagedStreamError,
    DataError,
    EpochError,
    GapError,
    InputError,
    ModelChangedError,
    SettingsError,
    StorageError,
)
from seqloom.live import Call, Engine, Reading
from seqloom.store import Change, MemoryStore


@pytest.fixture(scope="session")
def adding(tmp_path_factory):
    """The accumulator, saved and loaded."""
    return load(accumulator.make(tmp_path_factory.mktemp("adding") / "adding.loom"))


def call(stream, values, seq=None, epoch=None):
    """Some readings of a stream."""
    return Call(stream, [accumulator.reading(value) for value in values], seq, epoch)


def said(reply):
    """The sums that were answered, by number."""
    return {seq: None if answer is None else (answer["total"], answer["weighted"]) for seq, answer in reply.answers}


class Failing(MemoryStore):
    """A store whose disk is full at times."""

    full = False

    def commit(self, change: Change) -> None:
        """Refuse while full."""
        if self.full:
            raise StorageError("disk", expected="room", came="none", fix="make some")
        super().commit(change)


class Oracle(RuleBasedStateMachine):
    """An engine beside a dictionary of all values that were acknowledged."""

    bundle = None

    @initialize()
    def begin(self):
        """An empty store; only two streams are held in memory, the others are left to it."""
        self.store = Failing()
        self.engine = Engine(self.bundle, self.store, records=True, hot=2)
        self.known, self.epochs = {}, {}

    @rule(
        stream=st.sampled_from("abcd"),
        values=st.lists(st.integers(0, 7), min_size=1, max_size=3),
        shift=st.integers(-4, 2),
        full=st.booleans(),
        wrong=st.booleans(),
    )
    def read(self, stream, values, shift, full, wrong):
        """Readings that follow, are repeated, or leave a gap; on a disk that may be full; the last may be wrong."""
        before = self.known.setdefault(stream, [])
        first = max(0, len(before) + shift)
        asked = Call(stream, [*map(accumulator.reading, values), *([Reading({"x": "seven"})] if wrong else [])], first)
        self.store.full = full
        try:
            (reply,) = self.engine.read([asked])
        except StorageError:
            assert full
            return
        finally:
            self.store.full = False
        if first > len(before):
            assert isinstance(reply.error, GapError)
            assert reply.error.number == len(before)
            return
        before.extend(values[len(before) - first :])
        if before:
            self.epochs.setdefault(stream, 0)
        assert reply.acknowledged == len(before)
        last_is_new = first + len(values) >= len(before)
        assert isinstance(reply.error, DataError) == (wrong and last_is_new)
        for seq, sums in said(reply).items():
            assert sums == accumulator.sums(before[: seq + 1])

    @rule(
        stream=st.sampled_from("abcd"),
        values=st.lists(st.integers(0, 7), min_size=1, max_size=3),
        later=st.sampled_from([None, 0, 1, 5]),
        end=st.booleans(),
        full=st.booleans(),
    )
    def begin_anew(self, stream, values, later, end, full):
        """A stream begins anew, in the following epoch or in a given one, and may end at once; sent twice, if not."""
        there = self.epochs.get(stream)
        epoch = None if later is None else (there or 0) + later
        asked = call(stream, values, None if epoch is None else 0, epoch)._replace(begin=True, end=end)
        self.store.full = full
        try:
            (reply,) = self.engine.read([asked])
        except StorageError:
            assert full
            return
        finally:
            self.store.full = False
        if there is None or epoch != there:
            self.known[stream] = []
            self.epochs[stream] = epoch if epoch is not None else 0 if there is None else there + 1
        before = self.known[stream]
        before.extend(values[len(before) :])
        assert (reply.epoch, reply.acknowledged) == (self.epochs[stream], len(before))
        assert said(reply) == {seq: accumulator.sums(before[: seq + 1]) for seq in range(len(values))}
        if end:
            self.known[stream] = []
            del self.epochs[stream]
        elif epoch is not None:
            assert self.engine.read([asked]) == [reply]

    @rule()
    def restart(self):
        """A new engine on the same store."""
        self.engine = Engine(self.bundle, self.store, records=True, hot=2)

    @invariant()
    def holds(self):
        """What is stored is what was acknowledged."""
        for stream, values in getattr(self, "known", {}).items():
            live = self.engine.find(stream)
            assert (0 if live is None else live.seq) == len(values)


def test_no_order_of_calls_failures_and_restarts_loses_or_doubles_a_reading(adding):
    """Whatever happens, the answers are the sums of what was acknowledged."""
    Oracle.bundle = adding
    machine = Oracle.TestCase
    machine.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
    machine("runTest").runTest()


def test_a_stream_begins_anew_with_each_call_that_says_so(adding):
    """In its next epoch, where the call names none; what is wrong with its first reading leaves the stream as it is."""
    engine = Engine(adding, MemoryStore())
    for epoch in range(3):
        (reply,) = engine.read([call("a", [4])._replace(begin=True)])
        assert (reply.epoch, said(reply)) == (epoch, {0: (4, 4)})
    (reply,) = engine.read([Call("a", [Reading({"x": "seven"})], begin=True)])
    assert isinstance(reply.error, DataError)
    assert (engine.find("a").epoch, engine.find("a").seq) == (2, 1)


def test_a_repeated_beginning_does_not_begin_again(adding):
    """Also when it comes late, after further readings; an earlier epoch than the present one is refused."""
    engine = Engine(adding, MemoryStore(), records=True)
    engine.read([call("a", [7])])
    first = call("a", [4, 1], seq=0, epoch=1)._replace(begin=True)
    (reply,) = engine.read([first])
    engine.read([call("a", [5], seq=2, epoch=1)])
    (again,) = engine.read([first])
    assert said(again) == said(reply) == {0: (4, 4), 1: (5, 9)}
    assert (again.epoch, again.acknowledged) == (1, 3)
    (late,) = engine.read([first._replace(epoch=0)])
    assert isinstance(late.error, EpochError)


def test_an_ended_stream_leaves_records_and_nothing_else(adding):
    """A call that ended it and is sent again is answered by these, where it says which epoch it means."""
    store = MemoryStore()
    engine = Engine(adding, store, records=True)
    engine.read([call("a", [1, 2])])
    last = call("a", [3], seq=2, epoch=0)._replace(end=True)
    (reply,) = engine.read([last])
    assert (said(reply), engine.find("a"), store.count()) == ({2: (6, 10)}, None, 0)
    assert engine.read([last]) == [reply]
    (unsure,) = engine.read([last._replace(epoch=None)])
    assert isinstance(unsure.error, GapError)


def test_a_wrong_reading_does_not_end_a_stream(adding):
    """Those before it are acknowledged; a repeated one that was acknowledged ends it."""
    engine = Engine(adding, MemoryStore())
    (reply,) = engine.read([Call("a", [accumulator.reading(4), Reading({"x": "seven"})], end=True)])
    assert (reply.acknowledged, engine.find("a").seq) == (1, 1)
    engine.read([call("a", [4], seq=0)._replace(end=True)])
    assert engine.find("a") is None


def test_many_streams_are_read_side_by_side(adding):
    """A stream with more readings goes on when the others have ended."""
    engine = Engine(adding, MemoryStore())
    replies = engine.read([call("a", [1, 2, 3]), call("b", [5]), call("c", [])])
    assert said(replies[0]) == {0: (1, 1), 1: (3, 4), 2: (6, 10)}
    assert said(replies[1]) == {0: (5, 5)}
    assert (said(replies[2]), replies[2].acknowledged) == ({}, 0)
    assert engine.find("c") is None


def test_a_wrong_reading_acknowledges_those_before_it(adding):
    """And says what is wrong with it; it may be sent again, corrected."""
    engine = Engine(adding, MemoryStore())
    (reply,) = engine.read([Call("a", [accumulator.reading(4), Reading({"y": 1}), accumulator.reading(5)], 0)])
    assert (said(reply), reply.acknowledged) == ({0: (4, 4)}, 1)
    assert "stream 'a', reading 1: expected one of" in str(reply.error)
    (reply,) = engine.read([call("a", [5], seq=1)])
    assert said(reply) == {1: (9, 13)}


def test_an_answer_that_is_no_longer_kept_is_none(adding):
    """Without records only those of the last call are."""
    engine = Engine(adding, MemoryStore())
    engine.read([call("a", [1])])
    engine.read([call("a", [2])])
    (reply,) = engine.read([call("a", [1, 2, 3], seq=0)])
    assert said(reply) == {0: None, 1: (3, 4), 2: (6, 10)}


def test_a_call_of_another_epoch_is_refused(adding):
    """It is told the present one."""
    engine = Engine(adding, MemoryStore())
    engine.read([call("a", [1])])
    (reply,) = engine.read([call("a", [1], epoch=2)])
    assert isinstance(reply.error, EpochError)
    assert (reply.epoch, reply.acknowledged, reply.error.number) == (0, 1, 0)


def test_a_stored_memory_that_is_none_of_this_model_is_damaged(adding):
    """The store is to blame, not the one who sent the reading."""
    store = MemoryStore()
    Engine(adding, store).read([call("a", [1]), call("b", [2])])
    store.commit(Change([store.session("a")._replace(memory=b"something else")]))
    bad, good = Engine(adding, store).read([call("a", [1]), call("b", [2])])
    assert isinstance(bad.error, DamagedStreamError)
    assert said(good) == {1: accumulator.sums([2, 2])}


def test_a_name_no_store_can_hold_is_refused(adding):
    """The other calls are read."""
    bad, good = Engine(adding, MemoryStore()).read([call("", [1]), call("a", [1])])
    assert isinstance(bad.error, InputError)
    assert said(good) == {0: (1, 1)}


def test_streams_that_were_not_read_for_long_are_left_to_the_store(adding):
    """They go on from there."""
    engine = Engine(adding, MemoryStore(), hot=3)
    for _ in range(3):
        for place in range(10):
            engine.read([call(f"s{place}", [place])])
    assert len(engine._live) == 3
    assert said(engine.read([call("s4", [4])])[0]) == {3: accumulator.sums([4] * 4)}


@pytest.fixture
def another(tmp_path):
    """A model of the same columns with other weights, and a store with a stream of the accumulator."""
    table = {
        "id": [f"s{k // 4}" for k in range(80)],
        "x": np.arange(80.0) % 7,
        "total": np.arange(80.0),
        "weighted": np.arange(80.0) ** 2,
    }
    model = seqloom.SequenceRegressor(cell="gru", hidden_size=3, epochs=1, settings={"group": "id"})
    model.fit(table, target=["total", "weighted"]).save(tmp_path / "another.loom")
    return load(tmp_path / "another.loom")


def test_streams_of_another_model_are_refused(adding, another):
    """Its state would mean nothing; the message says what can be done."""
    store = MemoryStore()
    Engine(adding, store).read([call("a", [1, 2])])
    (reply,) = Engine(another, store).read([call("a", [3])])
    assert isinstance(reply.error, ModelChangedError)
    assert "--on-change reset or --on-change replay" in str(reply.error)
    assert store.session("a").seq == 2


def test_streams_of_another_model_may_begin_anew(adding, another):
    """In a new epoch, so that no client goes on unawares."""
    store = MemoryStore()
    Engine(adding, store).read([call("a", [1, 2])])
    engine = Engine(another, store, changed="reset")
    (reply,) = engine.read([call("a", [3], seq=2, epoch=0)])
    assert isinstance(reply.error, EpochError)
    assert reply.error.number == 1
    (reply,) = engine.read([call("a", [3], seq=0, epoch=1)])
    assert (reply.epoch, reply.acknowledged) == (1, 1)


def test_streams_of_another_model_may_be_caught_up_with(adding, another):
    """The new model reads the latest recorded readings and goes on as if it had been there."""
    store = MemoryStore()
    Engine(adding, store, records=True).read([call("a", [1, 2, 3, 4])])
    (caught,) = Engine(another, store, changed=3).read([call("a", [5], seq=4)])
    (there,) = Engine(another, MemoryStore()).read([call("a", [2, 3, 4, 5])])
    assert caught.answers[-1][1] == there.answers[-1][1]
    assert (caught.epoch, caught.acknowledged) == (0, 5)


def test_fewer_than_no_readings_cannot_be_replayed(adding):
    """A negative number is refused."""
    with pytest.raises(SettingsError, match="expected a number of readings, came -1"):
        Engine(adding, MemoryStore(), changed=-1)


def test_a_stream_is_known_wherever_it_is(adding):
    """In memory, in the store alone, and where what is stored of it is damaged; others are not."""
    engine = Engine(adding, MemoryStore())
    engine.read([call("a", [1]), call("b", [2])])
    engine.cool("a")
    engine.store.commit(Change([engine.stored("b")._replace(memory=b"?")]))
    engine.cool("b")
    assert [engine.knows(name) for name in ("a", "b", "c", "")] == [True, True, False, False]
    assert said(engine.read([call("a", [3], seq=1)])[0])[1][0] == 1 + 3
