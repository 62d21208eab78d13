"""Another model takes the place of the one that is served."""

import threading
import time
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from starlette.testclient import TestClient

import seqloom
from seqloom.artifact import load, save
from seqloom.live import Engine
from seqloom.serve import App, Source, Tokens, models
from seqloom.serve.models import Origin


@pytest.fixture
def place(bundle, tmp_path):
    """Where the model stands; another one may be saved there."""
    return save(bundle, tmp_path / "served.loom")


@pytest.fixture
def other(bundle):
    """A model that differs in nothing but what it says of itself."""
    return replace(bundle, settings={**bundle.settings, "note": "another"})


def served(place, store, *, changed=5, follow=False, tokens=None):
    """A server of what stands there."""
    source = Source(place)

    def engine(bundle):
        return Engine(bundle, store, records=True, changed=changed)

    app = App(engine(source.load()), tokens, origin=Origin(source, engine, follow))
    return TestClient(app, base_url="http://127.0.0.1")


def test_streams_go_on_with_the_other_model(place, other, store, body):
    """By their recorded readings; numbers go on, and nothing that was acknowledged is lost."""
    with served(place, store) as client:
        assert client.post("/v1/streams/a/readings", json=body(0, 1)).status_code == 200
        digest = load(save(other, place)).digest
        told = client.post("/v1/model").json()
        assert (told["digest"], told["before"] != digest) == (digest, True)
        assert client.get("/v1/model").json()["digest"] == digest
        assert client.get("/readyz").json()["model"] == digest
        answer = client.post("/v1/streams/a/readings", json=body(2)).json()
        there = client.post("/v1/streams/b/readings", json=body(0, 1, 2)).json()
        assert answer["acknowledged"] == 3
        level = answer["predictions"][-1]["prediction"]["level"]
        assert level == pytest.approx(there["predictions"][-1]["prediction"]["level"], abs=1e-6)
        assert f'seqloom_model_info{{digest="{digest}"' in client.get("/metrics").text
    assert store.session("a").digest == digest


def test_the_same_model_is_not_exchanged(place, store):
    """There is nothing to do, and that is told."""
    with served(place, store) as client:
        assert client.post("/v1/model").json()["before"] is None


def test_where_streams_of_another_model_are_refused_so_is_the_model(place, other, store, body):
    """They would all be refused from one moment to the next; the present model goes on."""
    with served(place, store, changed="refuse") as client:
        client.post("/v1/streams/a/readings", json=body(0))
        before = client.get("/v1/model").json()["digest"]
        save(other, place)
        refused = client.post("/v1/model")
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "model-changed")
        assert "--on-change replay" in refused.json()["error"]["fix"]
        assert client.get("/v1/model").json()["digest"] == before
        assert client.post("/v1/streams/a/readings", json=body(1)).json()["acknowledged"] == 2
        assert 'seqloom_model_changes_total{outcome="refused"} 1.0' in client.get("/metrics").text


def test_a_damaged_model_does_not_take_over(place, store, body):
    """What is served goes on."""
    with served(place, store) as client:
        raw = bytearray(place.read_bytes())
        raw[len(raw) // 2] ^= 1
        place.write_bytes(raw)
        refused = client.post("/v1/model")
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "model")
        assert str(place) not in refused.text
        assert client.post("/v1/streams/a/readings", json=body(0)).status_code == 200


def test_a_model_of_other_columns_does_not_take_over(place, store, body):
    """Clients could not go on sending what they send."""
    rng = np.random.default_rng(1)
    rows = [{"id": f"s{one}", "b": float(v), "level": float(v)} for one in range(8) for v in rng.normal(size=9)]
    model = seqloom.SequenceRegressor(epochs=1, hidden_size=2, settings={"group": "id", "members": 1})
    with served(place, store) as client:
        model.fit(pl.DataFrame(rows), target="level").save(place)
        refused = client.post("/v1/model").json()["error"]
        assert (refused["where"], refused["expected"], refused["came"]) == (
            "model, columns",
            "a, level, mode",
            "b, level",
        )


def test_only_an_administrator_changes_the_model(place, store, bearer):
    """Others may see which it is."""
    tokens = Tokens(["a-token-of-a-client"], ["a-token-of-an-administrator"])
    with served(place, store, tokens=tokens) as client:
        assert client.get("/v1/model", headers=bearer("client")).status_code == 200
        assert client.post("/v1/model", headers=bearer("client")).status_code == 403
        assert client.post("/v1/model", headers=bearer("administrator")).status_code == 200


def test_a_server_without_a_source_keeps_its_model(client):
    """It says what is missing."""
    assert client.get("/v1/model").json()["columns"] == ["a", "level", "mode"]
    assert client.post("/v1/model").json()["error"]["code"] == "invalid"


def test_a_follower_takes_over_by_itself_while_it_is_asked(place, other, store, body, monkeypatch):
    """Every call is answered, by one model or the other, and every stream goes on by one."""
    monkeypatch.setattr(models, "SECONDS", 0.05)
    with served(place, store, follow=True) as client:
        acknowledged, wrong, ended = [], [], threading.Event()

        def ask():
            seq = 0
            while not ended.is_set():
                answer = client.post("/v1/streams/a/readings", json=body(seq))
                seq += 1
                if answer.status_code != 200 or answer.json()["acknowledged"] != seq:
                    wrong.append(answer.text)
                acknowledged.append(seq)

        asking = threading.Thread(target=ask)
        asking.start()
        digest = load(save(other, place)).digest
        until = time.monotonic() + 30
        while client.get("/v1/model").json()["digest"] != digest and time.monotonic() < until:
            time.sleep(0.02)
        after = len(acknowledged)
        while len(acknowledged) < after + 3 and time.monotonic() < until:
            time.sleep(0.01)
        ended.set()
        asking.join()
    assert not wrong
    assert len(acknowledged) >= after + 3
    session = store.session("a")
    assert (session.seq, session.digest) == (acknowledged[-1], digest)
