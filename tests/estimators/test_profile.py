"""What an artifact keeps of its training, for those who watch its live streams."""

import json

import numpy as np
import polars as pl
import pytest

import seqloom
from seqloom.artifact import load, save
from seqloom.live import Call, Reading
from seqloom.monitor import PROFILE, Facts, Monitor
from seqloom.store import MemoryStore


def test_a_forecast_keeps_its_inputs_and_how_good_it_was(forecast, tmp_path):
    """Of the training part alone, and through saving and loading."""
    facts = Facts.of(load(save(forecast.bundle, tmp_path / "m.loom")))
    (column,) = [one for one in facts.inputs if one.name == "load"]
    parts = forecast.walked.parts
    values = parts.dataset.column("load")[parts.split.rows("train")]
    assert column.reference.mean == pytest.approx(np.nanmean(values))
    assert set(facts.quality) == {"error of load", "coverage of load"}
    assert facts.quality["coverage of load"].share.count > 0
    assert len(json.dumps(forecast.bundle.profile[PROFILE])) < 20_000


def test_errors_are_those_of_windows_that_do_not_overlap(forecast):
    """As live ones are judged; so many as whole horizons fit."""
    error = Facts.of(forecast.bundle).quality["error of load"]
    borders = forecast.walked.parts.split.spans("validation")
    steps = int((borders[:, 1] - borders[:, 0]).sum())
    assert 0 < error.level.count <= steps if error.level else error.mean is not None


def test_classes_keep_their_hits_and_their_surprise(classified):
    """One for each sequence of the validation part."""
    quality = Facts.of(classified.bundle).quality
    assert set(quality) == {"right answers", "surprise"}


def test_values_keep_their_errors():
    """In the units of the data, for each target."""
    rng = np.random.default_rng(0)
    data = [rng.normal(size=(10, 2)) for _ in range(60)]
    fitted = seqloom.SequenceRegressor(epochs=1, hidden_size=4).fit(data, [float(one[:, 0].sum()) for one in data])
    facts = Facts.of(fitted.bundle_)
    assert [name.startswith("error of") for name in facts.quality] == [True]
    (error,) = facts.quality.values()
    assert error.mean == pytest.approx(fitted.metrics_["validation"]["mae"], rel=1e-6)


def wave(first, count):
    """Hours of a day, always the same way."""
    rng = np.random.default_rng(first)
    hours = np.datetime64("2024-01-01", "us") + np.arange(first, first + count) * np.timedelta64(1, "h")
    load = 20 + 3 * np.sin(np.arange(first, first + count) * 2 * np.pi / 24) + rng.normal(0, 1, count)
    return pl.DataFrame({"hour": hours, "load": load})


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """A forecaster, and the records of a stream that goes on as its training data did."""
    model = seqloom.Forecaster(horizon=4, lookback=24, epochs=1).fit(wave(0, 2000), target="load")
    path = model.save(tmp_path_factory.mktemp("watched") / "load.loom")
    bundle, store = load(path), MemoryStore()
    with seqloom.load(path).stream(store, records=True) as streams:
        for row in wave(2000, 1200).iter_rows(named=True):
            streams.step({"load": row["load"]}, time=row["hour"])
        return Facts.of(bundle), list(store.records())


def test_answers_are_kept_as_a_live_stream_would_have_been_given_them(watched):
    """One for each reading of the validation part; a stream that goes on like the data is no alarm."""
    facts, records = watched
    assert set(facts.predictions) == {"load", "load_anomaly"}
    assert facts.predictions["load"].level.count == 300
    monitor = Monitor(facts)
    assert monitor.see(records) == []
    found = {one["name"]: one for one in monitor.standing()["signals"] if one["kind"] == "prediction"}
    assert (found["load"]["state"], found["load"]["reference"]) == ("ok", "validation")


def test_a_stream_that_was_always_answered_otherwise_is_an_alarm(watched):
    """Its own first values would have said nothing."""
    facts, records = watched
    shifted = []
    for one in records:
        answer = json.loads(one.prediction)
        if "load" in answer:
            answer["load"] = [value + 4 for value in answer["load"]]
        shifted.append(one._replace(prediction=json.dumps(answer).encode()))
    assert "prediction: load" in {alert.signal for alert in Monitor(facts).see(shifted)}


def test_what_a_network_carries_is_kept():
    """Of a model that carries something."""
    rng = np.random.default_rng(0)
    rows = [
        {"id": f"s{one}", "x": x, "state": "up" if x > 0 else "down"} for one in range(40) for x in rng.normal(size=30)
    ]
    settings = {"group": "id", "bidirectional": False}
    model = seqloom.Tagger(hidden_size=4, epochs=1, settings=settings).fit(pl.DataFrame(rows), target="state")
    facts = Facts.of(model.bundle_)
    assert facts.state.level.count == 6 * 30
    assert set(facts.predictions) <= {"prediction", "confidence"}
    assert (facts.longest, facts.settled) == (30, 0)


def valves(first, count):
    """Two columns that go together, and now and then do not: these steps are marked."""
    rng, at = np.random.default_rng(first), np.arange(first, first + count)
    odd = at % 250 >= 245
    flow = np.sin(at / 4) + rng.normal(0, 0.1, count)
    return {"flow": flow, "load": np.cos(at / 4) + 3.0 * odd + rng.normal(0, 0.1, count), "odd": odd.astype(float)}


def test_a_detector_is_no_alarm_where_nothing_changed(tmp_path):
    """Of its scores, alarms, reasons, of what it expected and of its state; how right it was is not kept."""
    chosen = {"hidden_size": 4, "ahead": 2, "smoothing": 2, "threads": 1, "against": "none"}
    model = seqloom.AnomalyDetector(epochs=1, settings=chosen).fit(valves(0, 2000), marks="odd")
    path, store = model.save(tmp_path / "valve.loom"), MemoryStore()
    facts, later = Facts.of(load(path)), valves(2000, 1500)
    rows = [Reading({"flow": float(x), "load": float(y)}) for x, y in zip(later["flow"], later["load"], strict=True)]
    with seqloom.load(path).stream(store, records=True) as streams:
        for place in range(0, len(rows), 5):
            streams.read([Call("a", rows[place : place + 5])])
    for seq, mark in enumerate(later["odd"]):
        store.tell("a", 0, seq, json.dumps(int(mark)).encode())
    monitor = Monitor(facts)
    assert monitor.see(list(store.records())) == []
    watched = {one["name"] for one in monitor.standing()["signals"] if one["kind"] != "input"}
    assert watched == {
        *("score", "alarm", "reason", "flow_expected", "load_expected"),
        *("size of the state", "right answers"),
    }
    assert (facts.quality, facts.marks) == ({}, ("odd",))
    assert [one["label"] for one in monitor.standing()["classes"]] == ["anomaly", "usual"]
