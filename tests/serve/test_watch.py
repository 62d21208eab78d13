"""The monitor of a server."""

import json
import logging
import sys
import time
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from starlette.testclient import TestClient

from seqloom.errors import StorageError
from seqloom.live import Call, Engine, Reading
from seqloom.monitor import Retention, Webhook
from seqloom.serve import App, Limited, Watch, Watching
from seqloom.serve import watch as watch_module
from seqloom.store import MemoryStore


@contextmanager
def watched(bundle, store, watching=None):
    """One who asks a server that watches."""
    watch = Watch(watching)
    watch.know(bundle)
    with TestClient(App(Engine(bundle, store, records=True), watch=watch), base_url="http://127.0.0.1") as client:
        client.watch = watch
        yield client


def until(found, seconds=20.0):
    """Wait for another thread."""
    end = time.monotonic() + seconds
    while not found() and time.monotonic() < end:
        time.sleep(0.02)
    assert found()


def send(client, count, *, shift=0.0, seed=0, stream="a"):
    """So many readings of a stream."""
    values = np.random.default_rng(seed).normal(shift, size=count).tolist()
    for first in range(0, count, 300):
        part = enumerate(values[first : first + 300])
        rows = [{"values": {"a": value, "mode": "on" if place % 2 else "off"}} for place, value in part]
        assert client.post(f"/v1/streams/{stream}/readings", json={"readings": rows}).status_code == 200


def seen(client):
    """Records that were looked at."""
    return client.get("/v1/monitor?history=0").json()["counts"]["records"]


def limits_passed(client):
    """Alerts of the server about itself that stand."""
    return [one for one in client.get("/v1/monitor").json()["alerts"]["active"] if one["by"] == "limit"]


def signal(standing, name):
    """One of them."""
    return next(one for one in standing["signals"] if one["name"] == name)


def test_what_becomes_durable_is_watched(bundle):
    """And how it stands is asked for at a path."""
    with watched(bundle, MemoryStore()) as client:
        send(client, 90)
        until(lambda: seen(client) == 90)
        standing = client.get("/v1/monitor").json()
        assert signal(standing, "a")["values"] == 90
        assert len(signal(standing, "a")["history"]["at"]) == 6
        assert "history" not in client.get("/v1/monitor?history=0").json()["signals"][0]
        assert client.get("/v1/monitor?other=1").status_code == 422


def test_a_drift_is_an_alert_once_in_the_log_and_in_the_metrics(bundle, caplog):
    """Also after a restart: it stands, and is given out no second time."""
    store = MemoryStore()
    with caplog.at_level(logging.WARNING, "seqloom.serve.watch"), watched(bundle, store) as client:
        send(client, 300, shift=6.0)
        until(lambda: client.get("/v1/monitor").json()["state"] == "drift")
        until(lambda: 'seqloom_drift{kind="input",signal="a"} 1.0' in client.get("/metrics").text)
    lines = [json.loads(record.message) for record in caplog.records if record.name == "seqloom.serve.watch"]
    assert [line["signal"] for line in lines].count("input: a") == 1
    caplog.clear()
    with caplog.at_level(logging.WARNING, "seqloom.serve.watch"), watched(bundle, store) as client:
        until(lambda: client.get("/v1/monitor").json()["state"] == "drift")
        send(client, 60, shift=6.0)
        until(lambda: seen(client) == 360)
    assert "input: a" not in [json.loads(record.message)["signal"] for record in caplog.records]


def test_truths_that_are_told_are_judged(bundle):
    """As soon as they are durable."""
    with watched(bundle, MemoryStore()) as client:
        send(client, 30)
        document = {"truths": [{"seq": seq, "truth": {"level": 1.0}} for seq in range(30)]}
        assert client.post("/v1/streams/a/truth", json=document).json()["told"] == 30
        until(lambda: client.get("/v1/monitor").json()["counts"]["truths"] == 30)
        assert signal(client.get("/v1/monitor").json(), "error of level")["values"] == 30


def test_marks_that_are_told_judge_alarms(detector):
    """Over HTTP and in frames, by name or by themselves; what is told of other columns is kept and says nothing."""
    with watched(detector, MemoryStore()) as client:
        rows = [{"values": {"flow": value}} for value in [0.0] * 8 + [90.0, 0.0]]
        told = client.post("/v1/streams/a/readings", json={"readings": rows}).json()["predictions"]
        alarms = [one["prediction"]["alarm"] for one in told]
        assert alarms[8]
        truths = [{"seq": seq, "truth": {"odd": seq == 8}} for seq in range(8)]
        assert client.post("/v1/streams/a/truth", json={"truths": truths}).json()["told"] == 8
        with client.websocket_connect("ws://127.0.0.1/v1/stream") as socket:
            rest = [{"seq": 8, "truth": 1}, {"seq": 9, "truth": {"flow": 1.0}}]
            socket.send_json({"stream": "a", "truths": rest})
            assert socket.receive_json()["told"] == 2
        until(lambda: client.get("/v1/monitor").json()["counts"]["truths"] == 10)
        anomaly, usual = client.get("/v1/monitor").json()["classes"]
        assert (anomaly["label"], anomaly["true"], anomaly["recall"]) == ("anomaly", 1, 1.0)
        assert (usual["label"], usual["true"], usual["right"]) == ("usual", 8, 8 - sum(alarms[:8]))
        until(lambda: 'seqloom_class_recall{class="anomaly"} 1.0' in client.get("/metrics").text)


def test_old_records_are_forgotten_while_it_runs(bundle):
    """A few at a time."""
    store = MemoryStore()
    with watched(bundle, store, Watching(retention=Retention(1e-9))) as client:
        send(client, 30)
        until(lambda: not list(store.records()))


def test_nobody_waits_for_it(bundle, monkeypatch):
    """What it cannot keep up with is left out and counted."""
    monkeypatch.setattr(watch_module, "WAITING", 10)
    watch = Watch()
    watch.know(bundle)
    engine = Engine(bundle, MemoryStore(), records=True)
    engine.read([Call("a", [Reading({"a": 1.0, "mode": "on"})] * 8)])
    records = list(engine.store.records())
    for _ in range(3):
        watch.recorded(records)
    assert watch.standing()["counts"] | {"waiting": 8, "dropped": 16} == watch.standing()["counts"]
    watch.start(lambda: engine)
    watch.close()
    watch.close()
    assert watch.standing()["counts"]["records"] == 8


def test_without_river_the_server_serves_and_says_so(bundle, monkeypatch, caplog):
    """Nothing else stops."""
    monkeypatch.setitem(sys.modules, "river.drift", None)
    with watched(bundle, MemoryStore()) as client:
        send(client, 30)
        until(lambda: "seqloom[monitor]" in client.get("/v1/monitor").json().get("off", ""))
        send(client, 30, seed=1)
    assert "nothing is watched" in caplog.text


def test_alerts_go_to_the_webhook(bundle):
    """Each once; what waits is sent before the server ends."""

    class Told(Webhook):
        def __init__(self):
            super().__init__("http://127.0.0.1:9")
            self.alerts = []

        def send(self, alert):
            self.alerts.append(alert)

    hook = Told()
    with watched(bundle, MemoryStore(), Watching(webhook=hook)) as client:
        send(client, 300, shift=6.0)
    assert "input: a" in [alert.signal for alert in hook.alerts]
    assert not hook._thread.is_alive()


def test_how_the_server_does_is_told(bundle):
    """Times of answers, readings per second, and what share was refused or failed."""
    with watched(bundle, MemoryStore()) as client:
        assert client.get("/v1/monitor").json()["server"]["p99"] is None
        send(client, 90)
        server = client.get("/v1/monitor").json()["server"]
    assert server["answers"] == 1
    assert 0 < server["p50"] == server["p99"]
    assert (server["readings_per_second"] > 0, server["refused"], server["failed"]) == (True, 0.0, 0.0)


def test_a_server_that_fails_says_so(bundle, caplog):
    """In its log, to the webhook, and where alerts stand; and when it is over."""

    class Failing(MemoryStore):
        failing = True

        def commit(self, change):
            if self.failing:
                raise StorageError("store", expected="a disk", came="none", fix="mend it")
            super().commit(change)

    store = Failing()
    watching = Watching(limits=Limited(slow=60.0, failing=0.5))
    with caplog.at_level(logging.WARNING, "seqloom.serve.watch"), watched(bundle, store, watching) as client:
        rows = [{"values": {"a": 1.0, "mode": "on"}}]
        for _ in range(120):
            assert client.post("/v1/streams/a/readings", json={"readings": rows}).status_code == 503
        until(lambda: limits_passed(client))
        (alert,) = limits_passed(client)
        assert (alert["signal"], alert["by"], alert["after"]) == ("server: answers", "limit", 1.0)
        store.failing = False
        for _ in range(200):
            client.post("/v1/streams/a/readings", json={"readings": rows})
        until(lambda: not limits_passed(client))
        latest = client.get("/v1/monitor").json()["alerts"]["latest"]
    assert [one["event"] for one in latest if one["by"] == "limit"] == ["raised", "cleared"]
    lines = [json.loads(record.message) for record in caplog.records if record.name == "seqloom.serve.watch"]
    assert [line["event"] for line in lines if line["what"] == "share of failed answers"] == ["raised", "cleared"]


def test_another_model_has_a_monitor_of_its_own(bundle):
    """It begins when the first of its records comes."""
    watch, store = Watch(), MemoryStore()
    watch.know(bundle)
    engines = [Engine(bundle, store, records=True)]
    watch.start(lambda: engines[-1])
    until(lambda: watch.standing()["model"] == bundle.digest)
    other = replace(bundle, digest="f" * 64)
    watch.know(other)
    engines.append(Engine(other, MemoryStore(), records=True))
    engines[-1].read([Call("a", [Reading({"a": 1.0, "mode": "on"})])])
    watch.recorded(list(engines[-1].store.records()))
    until(lambda: watch.standing()["model"] == "f" * 64)
    assert watch.standing()["counts"]["records"] == 1
    watch.close()


@pytest.mark.parametrize("right", ["client", "administrator"])
def test_a_token_is_needed_where_there_are_tokens(guarded, bearer, right):
    """Nobody else is told; a server that does not watch says so."""
    assert guarded.get("/v1/monitor").status_code == 401
    assert guarded.get("/v1/monitor", headers=bearer(right)).json()["error"]["code"] == "unwatched"
