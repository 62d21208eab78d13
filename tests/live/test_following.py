"""Streams whose intervals follow what comes true."""

import numpy as np
import polars as pl
import pytest

import seqloom
from seqloom.artifact import load
from seqloom.estimators.judged import judge_dataset
from seqloom.live import Call, Engine, Fork, Reading, Restore, Round, Snapshot, Stepper
from seqloom.read import read
from seqloom.store import MemoryStore
from tests.live.conftest import LONG

COLUMNS = ("load_q05", "load_q95")


@pytest.fixture(scope="module")
def data():
    """A series whose noise doubles in the middle, and gaps."""
    steps, rng = np.arange(260), np.random.default_rng(3)
    noise = rng.normal(size=260) * np.where(steps < 160, 0.3, 1.5)
    load = [None if rng.random() < 0.05 else float(value) for value in np.sin(steps / 3) * 4 + noise]
    return pl.DataFrame({"id": ["s"] * 260, "at": steps.astype(float), "load": load})


@pytest.fixture(scope="module")
def model(data):
    """A forecaster with adaptive intervals, by a simple method so that it is quickly fitted."""
    settings = {**LONG, "method": "ridge", "missing": "impute", "interval_width": "adaptive"}
    return seqloom.Forecaster(horizon=4, lookback=10, settings=settings).fit(data, target="load")


def rows(data):
    """The readings of the series."""
    return [Reading({"load": row["load"]}, row["at"]) for row in data.to_dicts()]


def test_a_stream_and_a_judgement_say_the_same_bounds(model, data):
    """Whoever reads the series: window after window of a file, or reading after reading."""
    bundle = model.bundle_
    judged = judge_dataset(bundle.model, bundle.pipeline, read(data, schema=bundle.schema), against="none")
    stepper = Stepper(bundle)
    memory, told = stepper.begin(), {}
    for reading in rows(data):
        (one,) = stepper.step(["s"], [memory], [reading])
        memory = stepper.decoded(one.memory.encode(), "s")
        if "waiting" not in one.answer and reading.values["load"] is not None:
            told[one.answer["time"][0]] = np.array([one.answer[name] for name in COLUMNS]).T
    prediction = judged.prediction
    both = [place for place, time in enumerate(prediction.times[:, 0].tolist()) if time in told]
    assert len(both) > 200
    streamed = np.array([told[prediction.times[place, 0]] for place in both])
    # 1e-5: bounds are float32
    np.testing.assert_allclose(streamed, prediction.quantiles[both, :, 0], rtol=1e-5, atol=1e-5)
    assert np.abs(prediction.quantiles - prediction.calibrated)[both[-1]].max() > 0.1


def test_what_is_kept_does_not_grow(model, data):
    """A stream of any length is followed by as many numbers."""
    stepper = Stepper(model.bundle_)
    (stretch,) = stepper.read(["s"], [stepper.begin()], [rows(data)[:60]])
    (longer,) = stepper.read(["s"], [stretch.memory], [rows(data)[60:200]])
    assert len(stretch.memory.widths) == len(longer.memory.widths) == 4 * (4 + 2)


def last_said(engine, readings, stream="s"):
    """The bounds after the last of some readings of a stream."""
    (reply,) = engine.read([Call(stream, readings)])
    return [reply.answers[-1][1][name] for name in COLUMNS]


def test_a_restart_a_snapshot_and_a_fork_go_on_with_the_widths(model, data, tmp_path):
    """Each answers as the stream that was never interrupted."""
    bundle, readings = load(model.save(tmp_path / "m.loom")), rows(data)
    expected = last_said(Engine(bundle, MemoryStore()), readings[:90])
    assert expected != last_said(Engine(bundle, MemoryStore()), readings[60:90])
    with seqloom.load(tmp_path / "m.loom").stream(tmp_path / "s.db") as before:
        before.read([Call("s", readings[:60])])
    with seqloom.load(tmp_path / "m.loom").stream(tmp_path / "s.db") as after:
        document = Snapshot("s").operate(after.engine).answer
        after.engine.commit(found := _done(Fork("s", "t"), after.engine))
        after.engine.settle(found)
        assert last_said(after.engine, readings[60:90]) == expected
        assert last_said(after.engine, readings[60:90], "t") == expected
    other = Engine(bundle, MemoryStore())
    other.commit(found := _done(Restore("s", dict(document)), other))
    other.settle(found)
    assert last_said(other, readings[60:90]) == expected


def _done(operation, engine):
    done = operation.operate(engine)
    return Round([], done.change, dict(done.after))


def test_widths_are_no_state_of_the_network(model, data):
    """Their size is not watched as if it were one."""
    stepper = Stepper(model.bundle_)
    (stretch,) = stepper.read(["s"], [stepper.begin()], [rows(data)[:40]])
    assert stretch.memory.norm is None
