"""A monitor: records in, how every signal stands out."""

from dataclasses import replace

import numpy as np
import orjson
import pytest

from seqloom.live import LiveStreams
from seqloom.monitor import Facts, Hits, Input, Labels, Monitor, Numbers
from seqloom.store import MemoryStore
from tests.monitor.conftest import DIGEST, make_record
from tests.monitor.models import regressor

NORMAL = Numbers.of([np.random.default_rng(0).normal(size=4000)])
MODES = Labels.of([["on", "off"] * 500])
RIGHT = Hits.of([(np.random.default_rng(0).random(500) < 0.9).astype(float)])
FACTS = Facts(
    DIGEST,
    "tag",
    ("state",),
    (Input("a", labels=False, reference=NORMAL), Input("mode", labels=True, reference=MODES)),
    {"right answers": RIGHT},
)


def records(count, *, shift=0.0, begin=0, seed=0, truth=None, stream="pump 7"):
    """So many readings of a stream, with what was answered."""
    rng = np.random.default_rng(seed)
    return [
        make_record(
            begin + place,
            {"a": float(rng.normal(shift)), "mode": str(rng.choice(["on", "off"]))},
            {"prediction": str(rng.choice(["x", "y"])), "probability_x": float(rng.random()), "probability_y": 0.5},
            stream=stream,
            norm=float(rng.random()),
            truth=truth,
        )
        for place in range(count)
    ]


def signals(monitor):
    """By kind and name."""
    return {(one["kind"], one["name"]): one for one in monitor.standing()["signals"]}


def test_a_drift_of_an_input_is_raised_once_and_cleared_once():
    """And stands in between."""
    monitor = Monitor(FACTS)
    assert monitor.see(records(600)) == []
    (alert,) = monitor.see(records(600, shift=2, begin=600))
    assert (alert.event, alert.signal, alert.what, alert.model) == ("raised", "input: a", "level", DIGEST)
    standing = monitor.standing()
    assert (standing["state"], len(standing["alerts"]["active"])) == ("drift", 1)
    (over,) = monitor.see(records(3000, begin=1200, seed=1))
    assert (over.event, over.at > alert.at) == ("cleared", True)
    standing = monitor.standing(history=False)
    assert (standing["state"], standing["alerts"]["raised"], standing["alerts"]["cleared"]) == ("ok", 1, 1)
    assert "history" not in standing["signals"][0]


def test_everything_a_record_says_is_watched():
    """Inputs, what is predicted and how surely, the state, and how right it was."""
    monitor = Monitor(FACTS)
    monitor.see(records(10, truth=b'"x"'))
    names = [("input", "a"), ("input", "mode"), ("quality", "right answers"), ("prediction", "prediction")]
    rest = [("prediction", "confidence"), ("state", "size of the state"), ("quality", "surprise")]
    assert set(signals(monitor)) == {*names, *rest}
    assert signals(monitor)["quality", "right answers"]["values"] == 10
    (x, y) = monitor.standing()["classes"]
    assert (x["label"], x["true"], x["precision"], x["recall"]) == ("x", 10, 1.0, x["answered"] / 10)
    assert (y["label"], y["true"], y["precision"], y["recall"]) == ("y", 0, 0.0, None)


def test_alarms_are_judged_by_marks_whenever_they_are_told():
    """Each once: how often alarms were right, and how many of the anomalies they found."""
    monitor = Monitor(Facts(DIGEST, "anomaly", ("a",), (), {}, marks=("odd",)))
    answers = [{"score": 0.5 + seq % 2, "alarm": seq % 2 == 1, "reason": "a", "a_expected": 0.0} for seq in range(12)]
    plain = [make_record(seq, {"a": 0.0}, answer) for seq, answer in enumerate(answers)]
    told = [one._replace(truth=orjson.dumps({"odd": int(one.seq % 4 == 1)})) for one in plain]
    for records in (plain, told, told):
        monitor.see(records)
    anomaly, usual = monitor.standing()["classes"]
    assert (anomaly["label"], anomaly["precision"], anomaly["recall"]) == ("anomaly", 0.5, 1.0)
    assert (usual["label"], usual["true"], usual["answered"], usual["precision"]) == ("usual", 9, 6, 1.0)
    assert signals(monitor)["quality", "right answers"]["values"] == 12
    names = {name for kind, name in signals(monitor) if kind == "prediction"}
    assert names == {"score", "alarm", "reason", "a_expected"}


def test_predictions_and_the_state_without_a_profile_are_compared_with_the_first_ones():
    """And that is said."""
    monitor = Monitor(FACTS)
    monitor.see(records(3000))
    found = signals(monitor)
    assert found["state", "size of the state"]["state"] == "ok"
    assert found["prediction", "prediction"]["reference"] == "first readings"


ANSWERS = Labels.of([["x", "y"] * 500])
SIZES = Numbers.of([np.random.default_rng(0).random(size=2000)])
SURE = Numbers.of([np.maximum(0.5, np.random.default_rng(0).random(size=2000))])
KNOWN = replace(FACTS, predictions={"prediction": ANSWERS, "confidence": SURE}, state=SIZES)


def test_predictions_and_the_state_are_compared_with_the_validation_part():
    """Also where the very first ones are off: nothing has to be gathered."""
    calm, changed = Monitor(KNOWN), Monitor(KNOWN)
    assert calm.see(records(3000)) == []
    assert signals(calm)["state", "size of the state"]["reference"] == "validation"
    shifted = [
        one._replace(prediction=orjson.dumps({"prediction": "x", "probability_x": 0.99}), norm=one.norm + 0.5)
        for one in records(300)
    ]
    alerts = {alert.signal: alert for alert in changed.see(shifted)}
    assert set(alerts) == {"prediction: prediction", "prediction: confidence", "state: size of the state"}
    assert alerts["state: size of the state"].what == "level"


def test_the_first_readings_of_a_stream_do_not_count_where_the_validation_part_was_under_way():
    """What a network carries grows from nothing."""
    monitor = Monitor(replace(KNOWN, settled=40))
    assert monitor.see([one._replace(norm=0.0) for one in records(40)]) == []
    assert signals(monitor)["state", "size of the state"]["values"] == 0
    monitor.see(records(10, begin=40))
    assert signals(monitor)["state", "size of the state"]["values"] == 10


def test_streams_much_longer_than_those_of_the_validation_part_are_compared_with_their_first_values():
    """And a drift that stood is over; up to twice as long is close enough."""
    monitor = Monitor(replace(KNOWN, longest=150))
    (alert,) = monitor.see([one._replace(norm=one.norm + 2) for one in records(300)])
    assert alert.signal == "state: size of the state"
    (over,) = monitor.see([one._replace(norm=one.norm + 2) for one in records(3000, begin=300)])
    assert (over.event, over.signal) == ("cleared", "state: size of the state")
    found = signals(monitor)
    assert (found["state", "size of the state"]["state"], found["prediction", "prediction"]["state"]) == ("ok", "ok")
    assert found["state", "size of the state"]["reference"] == "first readings"
    standing = monitor.standing()["alerts"]
    assert (standing["active"], standing["raised"], standing["cleared"]) == ([], 1, 1)


def test_what_was_seen_counts_no_second_time():
    """But a truth that is told later does, once."""
    monitor = Monitor(FACTS)
    seen = records(100)
    monitor.see(seen)
    monitor.see(seen)
    told = [one._replace(truth=orjson.dumps("x")) for one in seen[:50]]
    monitor.see(told)
    monitor.see(told)
    counts = monitor.standing()["counts"]
    assert (counts["records"], counts["truths"]) == (100, 50)
    assert signals(monitor)["input", "a"]["values"] == 100


def test_batches_make_no_difference():
    """One by one or all at once."""
    every, single = Monitor(FACTS), Monitor(FACTS)
    seen = [*records(400), *records(400, shift=1, begin=400)]
    together = every.see(seen)
    alone = [alert for one in seen for alert in single.see([one])]
    assert [(one.signal, one.what) for one in together] == [(one.signal, one.what) for one in alone]
    first, second = (signals(monitor)["input", "a"] for monitor in (every, single))
    assert (first["now"], first["excess"]) == (second["now"], second["excess"])


def test_a_monitor_that_is_started_again_reads_what_it_had_seen():
    """Replaying the records of the store brings back its windows and what stands, in the same words."""
    store = [*records(600), *records(600, shift=2, begin=600)]
    before, after = Monitor(FACTS), Monitor(FACTS)
    before.see(store)
    after.see(store)
    assert after.standing() == before.standing()
    assert after.see(records(300, shift=2, begin=1200, seed=3)) == []


def test_of_very_many_streams_a_share_is_followed():
    """The rest is counted."""
    monitor = Monitor(FACTS, follow=4)
    monitor.see([one for place in range(10) for one in records(5, stream=f"s{place}")])
    counts = monitor.standing()["counts"]
    assert (counts["streams_followed"], counts["records"] + counts["left_out"] >= 50) == (4, True)


@pytest.mark.parametrize(
    "broken", [{"inputs": b"{"}, {"prediction": b"[1]"}, {"inputs": b"{}"}, {"inputs": b"[]"}, {"truth": b"nonsense"}]
)
def test_a_record_that_cannot_be_read_is_counted(broken):
    """And harms nobody."""
    monitor = Monitor(FACTS)
    monitor.see([records(1)[0]._replace(**broken), *records(5, begin=1)])
    counts = monitor.standing()["counts"]
    assert (counts["unreadable"], counts["records"] >= 5) == (1, True)


def test_records_of_another_model_are_left_alone():
    """Its profile is another."""
    monitor = Monitor(FACTS)
    monitor.see([one._replace(digest="e" * 64) for one in records(20)])
    assert monitor.standing()["counts"]["other_models"] == 20


def test_nobody_has_to_have_a_profile():
    """Eight rows, nothing known, nothing there: insufficient, and no exception."""
    monitor = Monitor(Facts(DIGEST, "forecast", ("a",), (Input("a", labels=False), Input("gone", labels=True)), {}))
    assert monitor.see([make_record(seq, {"a": None}, {"waiting": 3}) for seq in range(8)]) == []
    assert monitor.standing()["state"] == "insufficient"


def test_a_real_model_is_watched_from_what_it_recorded():
    """From the fit over live streams to a drift."""
    bundle = replace(regressor(), digest="f" * 64)
    store, monitor, rng = MemoryStore(), Monitor(Facts.of(bundle)), np.random.default_rng(0)
    alerts = []
    with LiveStreams(bundle, store, records=True) as streams:
        for place in range(900):
            streams.step(
                {"a": float(rng.normal(3 if place > 600 else 0)), "mode": "on" if rng.random() < 0.5 else "off"}
            )
            if place == 600:
                assert monitor.see(list(store.records())) == []
        alerts = monitor.see(list(store.records()))
    assert "input: a" in {alert.signal for alert in alerts}
    assert all(alert.event == "raised" for alert in alerts)
    assert ("state", "size of the state") in signals(monitor)
