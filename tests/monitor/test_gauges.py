"""How everything stands, for Prometheus."""

import numpy as np

from seqloom.monitor import Facts, Hits, Input, Labels, Monitor, Numbers, gauges
from tests.monitor.conftest import DIGEST, make_record

NORMAL = Numbers.of([np.random.default_rng(0).normal(10, 1, size=2000)])
INPUTS = (
    Input("a", labels=False, reference=NORMAL),
    Input("mode", labels=True, reference=Labels.of([["on", "off"] * 99])),
)


def found(streams, each=120):
    """The metrics of so many streams, by name."""
    monitor = Monitor(Facts(DIGEST, "tag", ("y",), INPUTS, {"right answers": Hits.of([])}))
    rng = np.random.default_rng(0)
    records = [
        make_record(
            seq, {"a": float(rng.normal(14)), "mode": "on" if seq % 2 else "off"}, {"prediction": "x"}, stream=name
        )
        for name in streams
        for seq in range(each)
    ]
    monitor.see(records)
    return {one.name: one for one in gauges(monitor.standing(history=False))}


def test_each_signal_says_whether_it_drifted_and_what_is_usual():
    """In the units of the data."""
    metrics = found(["one"])
    assert dict(metrics["seqloom_drift"].values)["input", "a"] == 1
    assert dict(metrics["seqloom_drift_known"].values) | {("input", "a"): 1} == dict(
        metrics["seqloom_drift_known"].values
    )
    assert round(dict(metrics["seqloom_signal_usual"].values)["input", "a"]) == 10
    assert round(dict(metrics["seqloom_signal_mean"].values)["input", "a"]) == 14
    assert dict(metrics["seqloom_drift_alerts"].values)["raised",] == 1
    assert metrics["seqloom_watched"].counts


def test_there_are_as_many_numbers_however_many_streams_there_are():
    """No stream is a label."""
    few, many = found(["one"], 2400), found([f"stream {place}" for place in range(20)])
    assert {name: len(one.values) for name, one in few.items()} == {name: len(one.values) for name, one in many.items()}
    assert "stream 1" not in str(many)


def test_each_class_says_how_often_it_was_right():
    """Where somebody told what was true."""
    monitor = Monitor(Facts(DIGEST, "tag", ("y",), INPUTS, {}))
    told = [("x", "x"), ("x", "y"), ("x", "x")]
    monitor.see(
        [make_record(seq, {}, {"prediction": one}, truth=f'"{true}"'.encode()) for seq, (one, true) in enumerate(told)]
    )
    metrics = {one.name: one for one in gauges(monitor.standing(history=False))}
    assert metrics["seqloom_class_precision"].values == [(("x",), 2 / 3)]
    assert metrics["seqloom_class_recall"].values == [(("x",), 1.0), (("y",), 0.0)]
    assert metrics["seqloom_class_true"].values == [(("x",), 2.0), (("y",), 1.0)]
