"""What can be done with a stream besides reading on."""

from dataclasses import replace

import pytest

from seqloom.artifact import load
from seqloom.errors import DataError, MissingStreamError, ModelChangedError, TakenStreamError
from seqloom.live import Call, End, Engine, Fork, Look, Operation, Reading, Reset, Restore, Round, Snapshot, Tell
from seqloom.live.snapshot import opened, taken
from seqloom.store import MemoryStore

READING = Reading({"a": 1.0, "b": 0.5, "mode": "on", "size": 2.0}, time=1.0)
LATER = Reading({"a": -1.0, "b": 0.5, "mode": "off"}, time=2.0)


@pytest.fixture(scope="module")
def bundle(values_model, tmp_path_factory):
    """A saved model."""
    return load(values_model[0].save(tmp_path_factory.mktemp("model") / "values.loom"))


@pytest.fixture
def engine(bundle):
    """An engine with one stream of one reading."""
    found = Engine(bundle, MemoryStore())
    found.read([Call("a", [READING])])
    return found


def do(engine, operation):
    """Do it as a server does, durably."""
    done = operation.operate(engine)
    found = Round([], done.change, dict(done.after))
    engine.commit(found)
    engine.settle(found)
    return dict(done.answer)


def test_looking_changes_nothing(engine):
    """It says how far the stream is."""
    assert do(engine, Look("a")) == {"stream": "a", "epoch": 0, "acknowledged": 1}
    assert Look("a").operate(engine).change.sessions == ()


@pytest.mark.parametrize("operation", [Look("b"), Reset("b"), Fork("b", "c"), Snapshot("b")])
def test_a_stream_has_to_be_there(engine, operation):
    """Nothing is made by asking."""
    with pytest.raises(MissingStreamError, match="stream 'b'"):
        operation.operate(engine)


def test_nothing_moves_until_it_is_durable(engine):
    """An operation alone leaves the engine as it is."""
    for operation in (End("a"), Reset("a"), Fork("a", "b")):
        operation.operate(engine)
    assert (engine.find("a").epoch, engine.find("a").seq, engine.find("b")) == (0, 1, None)


def test_the_end_is_the_end(engine):
    """Also of what the engine holds in memory."""
    assert do(engine, End("a")) == {"stream": "a", "ended": True}
    assert engine.find("a") is None
    assert engine.count() == 0


def test_a_reset_stream_answers_as_a_new_one(engine):
    """In the next epoch."""
    first = engine.read([Call("b", [READING])])[0].answers
    do(engine, Reset("a"))
    again = engine.read([Call("a", [READING], seq=0, epoch=1)])[0]
    assert again.error is None
    assert again.answers == first


def test_a_copy_and_its_stream_go_on_alike(engine):
    """Each by itself; a name that is there is refused, also its own."""
    assert do(engine, Fork("a", "b"))["acknowledged"] == 1
    one, two = engine.read([Call("a", [LATER]), Call("b", [LATER])])
    assert one.answers == two.answers
    for name in ("a", "b"):
        with pytest.raises(TakenStreamError, match="a name that no stream has"):
            Fork("a", name).operate(engine)
    assert Fork("a", "b").streams == ("a", "b")


def test_a_snapshot_goes_on_elsewhere(engine, bundle):
    """In another store, under another name, with the answers given before."""
    document = do(engine, Snapshot("a"))
    told = engine.read([Call("a", [LATER])])[0].answers
    other = Engine(bundle, MemoryStore())
    assert do(other, Restore("x", document)) == {"stream": "x", "epoch": 0, "acknowledged": 1}
    again, new = other.read([Call("x", [READING], seq=0)])[0], other.read([Call("x", [LATER], seq=1)])[0]
    assert again.answers == [(0, document["answers"][0]["prediction"])]
    assert new.answers == told


def test_a_snapshot_in_place_of_its_stream_begins_an_epoch(engine):
    """Nobody takes numbers of before for those of after."""
    document = do(engine, Snapshot("a"))
    engine.read([Call("a", [LATER])])
    assert do(engine, Restore("a", document)) == {"stream": "a", "epoch": 1, "acknowledged": 1}


def test_a_snapshot_of_another_model_is_refused(engine, bundle):
    """New weights never see an old state."""
    document = do(engine, Snapshot("a"))
    other = Engine(replace(bundle, digest="0" * 64), MemoryStore())
    with pytest.raises(ModelChangedError, match="snapshot"):
        Restore("a", document).operate(other)


@pytest.mark.parametrize("memory", [b"", b"\x01", b"\x01" * 80])
def test_a_forged_memory_is_refused(engine, memory):
    """Even with a checksum that is right."""
    session = opened(do(engine, Snapshot("a")), engine.digest)._replace(memory=memory)
    with pytest.raises(DataError):
        Restore("b", taken(session)).operate(engine)


def test_a_state_that_is_not_finite_is_refused(engine):
    """It would never become finite again."""
    live = engine.find("a")
    broken = live._replace(memory=live.memory._replace(carried=live.memory.carried * float("nan")))
    with pytest.raises(DataError, match="not finite"):
        Restore("b", taken(engine.session("a", broken))).operate(engine)


def test_an_operation_takes_as_long_as_a_reading():
    """Unless it says otherwise."""
    assert isinstance(Look("a"), Operation)
    assert Look("a").size == 1


def test_what_came_true_becomes_part_of_the_records(bundle):
    """Readings without a record are named, and a stream that never was has no present epoch."""
    engine = Engine(bundle, MemoryStore(), records=True)
    engine.read([Call("a", [READING, LATER])])
    told = Tell("a", None, {0: b"1", 5: b"2"})
    assert (told.size, do(engine, told)) == (2, {"stream": "a", "epoch": 0, "told": 1, "missing": [5]})
    assert [(record.seq, record.truth) for record in engine.latest(10)] == [(0, b"1"), (1, None)]
    assert do(engine, Tell("b", 0, {0: b"1"}))["missing"] == [0]
    with pytest.raises(MissingStreamError):
        do(engine, Tell("b", None, {0: b"1"}))


def test_old_records_are_forgotten_through_the_engine(bundle):
    """Which shares the store with others."""
    engine = Engine(bundle, MemoryStore(), records=True)
    engine.read([Call("a", [READING, LATER])])
    assert engine.forget(2**62, limit=1) == 1
    assert [record.seq for record in engine.latest(10)] == [1]
