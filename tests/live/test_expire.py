"""The end of streams that nobody reads on with any more."""

import pytest

from seqloom.artifact import load
from seqloom.errors import DamagedStreamError, EpochError, GapError
from seqloom.live import Call, Engine, Expire, Reading, Round
from seqloom.store import Change, MemoryStore

READING = Reading({"a": 1.0, "b": 0.5, "mode": "on", "size": 2.0}, time=1.0)
LATER = Reading({"a": -1.0, "b": 0.5, "mode": "off"}, time=2.0)
LAST = Reading({"a": 0.3, "b": 0.1, "mode": "on"}, time=3.0)


@pytest.fixture(scope="module")
def bundle(values_model, tmp_path_factory):
    """A saved model."""
    return load(values_model[0].save(tmp_path_factory.mktemp("model") / "values.loom"))


@pytest.fixture
def engine(bundle):
    """An engine with one stream of two readings."""
    found = Engine(bundle, MemoryStore())
    found.read([Call("a", [READING, LATER])])
    return found


def do(engine, operation):
    """Do it as a server does, durably."""
    done = operation.operate(engine)
    found = Round([], done.change, dict(done.after))
    engine.commit(found)
    engine.settle(found)
    return done.answer["outcome"]


def after(engine):
    """A time by which the stream has not moved."""
    return engine.stored("a").at + 1


def test_a_stream_that_moved_is_left(engine):
    """One that came to be as it is at the very time, or later, goes on where it was."""
    assert do(engine, Expire("a", engine.stored("a").at)) == "left"
    assert engine.read([Call("a", [LAST], seq=2, epoch=0)])[0].acknowledged == 3


def test_an_idle_stream_begins_anew_in_its_next_epoch(engine):
    """What was remembered of it is gone; the next reading is the first one, as of a fresh stream."""
    assert do(engine, Expire("a", after(engine))) == "reset"
    again, fresh = engine.read([Call("a", [READING], seq=0, epoch=1), Call("b", [READING])])
    assert (again.error, again.epoch, again.acknowledged) == (None, 1, 1)
    assert again.answers == fresh.answers


@pytest.mark.parametrize(("epoch", "kind", "number"), [(0, EpochError, 1), (None, GapError, 0)])
def test_a_client_that_comes_back_is_told(engine, epoch, kind, number):
    """Going on where it was is refused: it does not take a fresh stream for its own."""
    do(engine, Expire("a", after(engine)))
    (reply,) = engine.read([Call("a", [LAST], seq=2, epoch=epoch)])
    assert isinstance(reply.error, kind)
    assert (reply.error.number, reply.answers) == (number, ())


def test_a_stream_without_readings_is_forgotten(engine):
    """After that nothing is left of it: it takes no room."""
    do(engine, Expire("a", after(engine)))
    assert do(engine, Expire("a", after(engine))) == "forgotten"
    assert (engine.count(), engine.find("a")) == (0, None)


def test_a_stream_that_is_not_there_is_left(engine):
    """Somebody else ended it."""
    assert do(engine, Expire("b", after(engine))) == "left"
    assert engine.count() == 1


def test_nothing_is_gone_until_it_is_durable(engine):
    """A store that refuses the end keeps the stream, with all that was remembered."""
    engine.read([Call("b", [READING, LATER])])
    Expire("a", after(engine)).operate(engine)
    found, unhurt = engine.read([Call("a", [LAST], seq=2, epoch=0), Call("b", [LAST], seq=2)])
    assert (found.error, found.acknowledged) == (None, 3)
    assert found.answers == unhurt.answers


def test_a_stream_of_another_model_is_let_go_of(bundle, engine):
    """Nobody can read on with it anyway."""
    old = engine.stored("a")._replace(digest="another", epoch=4)
    engine.store.commit(Change([old]))
    engine.cool("a")
    assert do(engine, Expire("a", after(engine))) == "reset"
    assert engine.find("a").epoch == 5


def test_a_damaged_stream_stays(engine, monkeypatch):
    """Whoever looks into it decides."""
    words = {"expected": "a checksum", "came": "another", "fix": "restore it"}

    def damaged(stream):
        raise DamagedStreamError(stream, **words)

    monkeypatch.setattr(engine.store, "session", damaged)
    with pytest.raises(DamagedStreamError):
        Expire("a", 2**62).operate(engine)
