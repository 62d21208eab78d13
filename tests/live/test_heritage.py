"""What a model takes over of the streams of another one."""

import numpy as np
import polars as pl
import pytest

import seqloom
from seqloom.artifact import load
from seqloom.errors import ModelChangedError, SettingsError
from seqloom.live import Call, Engine, Reading, Stepper
from seqloom.live.heritage import Heritage
from seqloom.store import Change, MemoryStore


def rows(place, count=12):
    """A sequence with a number and a category that stands for all of it."""
    rng = np.random.default_rng(place)
    kind = "pump" if place % 2 else "fan"
    return [
        {"id": f"s{place}", "kind": kind, "a": float(a), "level": float(a + (kind == "pump"))}
        for a in rng.normal(size=count)
    ]


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """Two models of the same columns, saved."""
    folder = tmp_path_factory.mktemp("models")
    table = pl.DataFrame([row for place in range(8) for row in rows(place)])
    found = []
    for seed in (1, 2):
        settings = {"group": "id", "members": 1, "static": ["kind"]}
        model = seqloom.SequenceRegressor(cell="gru", hidden_size=4, epochs=1, seed=seed, settings=settings)
        found.append(load(model.fit(table, target="level").save(folder / f"{seed}.loom")))
    return found


def call(stream, values, seq=0, kind=None):
    """Readings of a stream, the first with what it is as a whole."""
    said = [{"a": value} for value in values]
    return Call(
        stream, [Reading(own | ({"kind": kind} if kind and not place else {})) for place, own in enumerate(said)], seq
    )


def test_streams_that_are_caught_up_with_go_on_as_if_the_model_had_been_there(models):
    """Many at once, each from its own readings, with what it is as a whole."""
    first, second = models
    store = MemoryStore()
    said = {"x": [0.1, 0.2, 0.3], "y": [0.5], "z": [-1.0, 1.0]}
    kinds = {"x": "pump", "y": "fan", "z": "pump"}
    Engine(first, store, records=True).read([call(name, own, kind=kinds[name]) for name, own in said.items()])
    replies = Engine(second, store, changed=10).read([call(name, [0.7], len(own)) for name, own in said.items()])
    there = Engine(second, MemoryStore())
    for reply in replies:
        (expected,) = there.read([call(reply.stream, [*said[reply.stream], 0.7], kind=kinds[reply.stream])])
        assert reply.answers[-1][1]["level"] == pytest.approx(expected.answers[-1][1]["level"], abs=1e-6)
        assert reply.acknowledged == expected.acknowledged


def test_the_latest_readings_are_read_with_what_the_stream_is_as_a_whole(models):
    """It was said with the first reading, which is not among them."""
    first, second = models
    store = MemoryStore()
    Engine(first, store, records=True).read([call("x", [0.1, 0.2, 0.3, 0.4], kind="pump")])
    (reply,) = Engine(second, store, changed=2).read([call("x", [0.7], 4)])
    (expected,) = Engine(second, MemoryStore()).read([call("x", [0.3, 0.4, 0.7], kind="pump")])
    assert reply.answers[-1][1]["level"] == pytest.approx(expected.answers[-1][1]["level"], abs=1e-6)


def test_only_readings_that_follow_each_other_are_read_again(models):
    """What came before a reading that is no longer kept would be a state of another sequence."""
    first, second = models
    store = MemoryStore()
    engine = Engine(first, store, records=True)
    for seq, value in enumerate((0.1, 0.2, 0.3, 0.4)):
        engine.read([call("x", [value], seq, kind="pump")])
    del store._records["x", 0, 1]
    (reply,) = Engine(second, store, changed=10).read([call("x", [0.7], 4)])
    (expected,) = Engine(second, MemoryStore()).read([call("x", [0.3, 0.4, 0.7], kind="pump")])
    assert reply.answers[-1][1]["level"] == pytest.approx(expected.answers[-1][1]["level"], abs=1e-6)


def test_after_a_reading_it_cannot_use_the_model_begins_anew(models):
    """The other model took it; this one has no such column."""
    first, second = models
    store = MemoryStore()
    Engine(first, store, records=True).read([call("x", [0.1, 0.2, 0.3], kind="pump")])
    (record,) = store.stretch("x", 0, 1, 1)
    unknown = record._replace(inputs=b'{"values":{"b":1}}')
    store.commit(Change(records=[unknown]))
    (reply,) = Engine(second, store, changed=10).read([call("x", [0.7], 3)])
    (expected,) = Engine(second, MemoryStore()).read([call("x", [0.3, 0.7], kind="pump")])
    assert reply.answers[-1][1]["level"] == pytest.approx(expected.answers[-1][1]["level"], abs=1e-6)


def test_without_recorded_readings_the_model_begins_with_the_next_one(models):
    """The number of the reading goes on, so that no client has to know."""
    first, second = models
    store = MemoryStore()
    Engine(first, store).read([call("x", [0.1, 0.2], kind="pump")])
    (reply,) = Engine(second, store, changed=10).read([call("x", [0.7], 2, kind="pump")])
    (expected,) = Engine(second, MemoryStore()).read([call("x", [0.7], kind="pump")])
    assert reply.answers[-1][1] == expected.answers[-1][1]
    assert (reply.epoch, reply.acknowledged) == (0, 3)


def test_a_refused_stream_does_not_hold_up_others(models):
    """It alone is told why."""
    first, second = models
    store = MemoryStore()
    Engine(first, store).read([call("x", [0.1], kind="fan")])
    refused, read = Engine(second, store).read([call("x", [0.2], 1), call("new", [0.2], kind="fan")])
    assert isinstance(refused.error, ModelChangedError)
    assert read.acknowledged == 1


def test_fewer_than_no_readings_cannot_be_replayed(models):
    """A negative number is refused."""
    with pytest.raises(SettingsError, match="expected a number of readings, came -1"):
        Heritage(Stepper(models[0]), "d", -1)
