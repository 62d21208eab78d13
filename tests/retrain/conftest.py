"""A sensor whose calibration changes, a pump whose level changes: old data, new data, a registry with a champion."""

import numpy as np
import orjson
import polars as pl
import pytest

import seqloom
from seqloom.live import Call, Reading
from seqloom.registry import Registry
from seqloom.store import MemoryStore

COLUMNS = {"group": "day", "time": "at"}
STEPS = 30


def days(count, *, first=0, shift=0.0, seed=0, sign=1.0):
    """Days of readings `x` of a sensor with an error, and what it is to tell: `y`, which follows slowly."""
    rng = np.random.default_rng(seed)
    rows = []
    for day in range(first, first + count):
        level = 0.0
        for step in range(STEPS):
            truth = float(np.sin(step / 5 + day) + rng.normal(0, 0.3))
            level = 0.5 * level + truth
            at = 100.0 * day + step
            rows.append({"day": f"d{day}", "at": at, "x": truth + shift, "y": sign * level})
    return pl.DataFrame(rows)


def fit(table, **settings):
    """A small model with a value at every step."""
    chosen = {"threads": 1, "learning_rate": 0.02, "bidirectional": False, "against": "none", **COLUMNS, **settings}
    return seqloom.SequenceRegressor(cell="gru", hidden_size=8, epochs=25, settings=chosen).fit(table, target="y")


@pytest.fixture(scope="session")
def old():
    """Data of before."""
    return days(40)


@pytest.fixture(scope="session")
def new():
    """Data of a sensor that reads too much."""
    return days(60, first=100, shift=3.0, seed=2)


@pytest.fixture(scope="session")
def first(tmp_path_factory, old):
    """The first model, as an artifact."""
    return fit(old).save(tmp_path_factory.mktemp("first") / "first.loom")


@pytest.fixture
def registry(tmp_path, first):
    """The first model as the champion, and a hold-out of before."""
    days(20, first=50, seed=1).write_csv(tmp_path / "holdout.csv")
    made = Registry.make(tmp_path / "models", holdout=tmp_path / "holdout.csv")
    made.add(first)
    made.promote(1, expected=None, why="the first")
    return made


def streamed(model, table, store, *, told=True, name="{}"):
    """Read a table as live streams, one for each day, and tell what came true."""
    live = model.stream(store, records=True)
    for (day,), rows in table.group_by("day", maintain_order=True):
        readings = [Reading({"x": row["x"]}, row["at"]) for row in rows.to_dicts()]
        (reply,) = live.read([Call(name.format(day), readings)])
        assert reply.error is None
        for (seq, _), truth in zip(reply.answers, rows["y"], strict=True) if told else ():
            store.tell(name.format(day), reply.epoch, seq, orjson.dumps({"y": truth}))
    return store


@pytest.fixture
def store(first, new):
    """What the first model answered to readings of the sensor that reads too much, and what came true."""
    return streamed(seqloom.load(first), new, MemoryStore())


def pump(count, *, first=0, level=0.0, seed=0):
    """Two columns that go together, but for the last eight steps of every minute, which are marked as odd."""
    rng, at = np.random.default_rng(seed), np.arange(first, first + count)
    odd = at % 60 >= 52
    flow = np.sin(at / 9) + rng.normal(0, 0.05, count)
    load = 2 * np.sin(at / 9 + 0.5) + level + 2.5 * odd + rng.normal(0, 0.05, count)
    return pl.DataFrame({"at": at.astype(float), "flow": flow, "load": load, "odd": odd.astype(float)})


def watch(table, **chosen):
    """A small detector of what is odd."""
    settings = {"hidden_size": 8, "ahead": 3, "smoothing": 3, "learning_rate": 0.02, "false_alarms": 0.15}
    settings |= {"threads": 1, "time": "at", "against": "none"}
    return seqloom.AnomalyDetector(epochs=6, settings=settings).fit(table, **chosen)


@pytest.fixture(scope="session")
def detector(tmp_path_factory):
    """A detector with marks, as an artifact."""
    return watch(pump(900), marks="odd").save(tmp_path_factory.mktemp("detector") / "pump.loom")


@pytest.fixture(scope="session")
def unmarked(tmp_path_factory):
    """A detector that knows of no marks, as an artifact."""
    return watch(pump(900).drop("odd")).save(tmp_path_factory.mktemp("unmarked") / "pump.loom")


def pumped(artifact, table, store, truths=()):
    """Read a table as one live stream, and tell truths, none for some readings."""
    live = seqloom.load(artifact).stream(store, records=True)
    rows = [Reading({"flow": row["flow"], "load": row["load"]}, row["at"]) for row in table.to_dicts()]
    (reply,) = live.read([Call("pump", rows)])
    assert reply.error is None
    for (seq, _), truth in zip(reply.answers, truths, strict=False):
        if truth is not None:
            store.tell("pump", 0, seq, orjson.dumps(truth))
    return store
