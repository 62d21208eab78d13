"""What a stream was sent and answered last."""

import orjson
import pytest

from benchmarks.reliability import accumulator
from seqloom.artifact import load
from seqloom.errors import MissingStreamError
from seqloom.live import Call, End, Engine, Reading, Round, View
from seqloom.store import Change, MemoryStore


@pytest.fixture(scope="module")
def adding(tmp_path_factory):
    """The accumulator, saved and loaded."""
    return load(accumulator.make(tmp_path_factory.mktemp("adding") / "adding.loom"))


@pytest.fixture
def engine(adding):
    """Its streams, recorded."""
    return Engine(adding, MemoryStore(), records=True)


def read(engine, count, first=0):
    """Some readings of a stream."""
    engine.read([Call("a", [Reading({"x": float(seq)}) for seq in range(first, first + count)], seq=first)])


def test_the_latest_readings_are_shown_with_their_answers(engine):
    """In order, with what came true of them, and the state after the last."""
    read(engine, 5)
    engine.store.tell("a", 0, 4, b"10")
    found = View("a", 3).operate(engine).answer
    assert [one["seq"] for one in found["readings"]] == [2, 3, 4]
    assert [one["values"]["x"] for one in found["readings"]] == [2, 3, 4]
    assert found["readings"][-1]["prediction"]["total"] == 10
    assert [one["truth"] for one in found["readings"]] == [None, None, 10]
    assert len(found["memory"]["carried"]) == engine.stepper.width
    assert orjson.loads(orjson.dumps(found)) == found


def test_readings_of_an_earlier_stream_of_that_name_are_not_shown(engine):
    """Its records stay until they are forgotten, but they are not those of the new one."""
    read(engine, 5)
    ended = Round([], Change(ended=["a"]))
    engine.commit(ended)
    engine.settle(ended)
    read(engine, 2)
    assert [one["seq"] for one in View("a", 100).operate(engine).answer["readings"]] == [0, 1]


def test_a_stream_that_is_not_there_cannot_be_shown(engine):
    """As with every operation."""
    with pytest.raises(MissingStreamError):
        View("b", 1).operate(engine)
    assert End("b").operate(engine).answer["ended"]
