"""A model beside the one that is served."""

import time
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from seqloom.artifact import load, save
from seqloom.errors import SettingsError
from seqloom.serve import App, ServerSettings, Source
from seqloom.serve.shadow_run import ShadowRun


@pytest.fixture
def other(bundle):
    """A model that answers alike and has another digest."""
    return replace(bundle, settings={**bundle.settings, "note": "another"})


@pytest.fixture
def beside(bundle, engine, tmp_path):
    """A client of a server with a shadow, and the place the shadow comes from."""
    place = tmp_path / "shadow.loom"
    run = ShadowRun(Source(place))
    run.know(bundle)
    with TestClient(App(engine, shadow=run), base_url="http://127.0.0.1") as client:
        yield client, place


def until(client, reached):
    """How the shadow stands, as soon as it stands so."""
    ended = time.monotonic() + 20
    while not reached(found := client.get("/v1/shadow").json()) and time.monotonic() < ended:
        time.sleep(0.05)
    return found


def test_it_reads_what_the_served_model_is_sent_and_is_judged_by_the_same_truths(beside, other, body):
    """Nobody hears its answers, and nothing of it is stored."""
    client, place = beside
    assert client.get("/v1/shadow").json()["shadow"] is None
    digest = load(save(other, place)).digest
    until(client, lambda found: found["shadow"] == digest)
    for seq in range(4):
        assert client.post("/v1/streams/a/readings", json=body(seq)).status_code == 200
    found = until(client, lambda found: found["followed"] == 4)
    assert (found["shadow"], found["streams"], found["problem"]) == (digest, 1, None)
    assert found["apart"]["level"] == {"answers": 4, "mean": pytest.approx(0.0, abs=1e-6)}
    told = {"epoch": 0, "truths": [{"seq": seq, "truth": 1.0} for seq in range(2)]}
    answered = client.post("/v1/streams/a/truth", json=told)
    assert answered.status_code == 200, answered.text
    found = until(client, lambda found: found["quality"])
    (quality,) = found["quality"].values()
    assert quality["answers"] == 2
    assert quality["served"] == pytest.approx(quality["shadow"])
    assert {row["digest"] for row in client.get("/v1/records").json()["records"]} == {found["served"]}


def test_a_damaged_shadow_is_told_and_harms_nobody(beside, other, body):
    """The served model goes on; a sound one that is saved later is taken."""
    client, place = beside
    place.write_bytes(b"no model")
    assert until(client, lambda found: found["problem"])["shadow"] is None
    assert client.post("/v1/streams/a/readings", json=body(0)).status_code == 200
    place.unlink()
    save(other, place)
    assert until(client, lambda found: found["shadow"])["problem"] is None


def test_a_server_without_a_shadow_says_so(client):
    """And how to get one."""
    refused = client.get("/v1/shadow")
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "no-shadow")


def test_a_shadow_needs_records():
    """It reads them."""
    with pytest.raises(SettingsError, match="expected records"):
        ServerSettings(shadow="m.loom", records=False)


def test_what_it_cannot_keep_up_with_is_left_out(bundle, engine, tmp_path, monkeypatch):
    """It is counted, and the server does not wait."""
    monkeypatch.setattr("seqloom.serve.shadow_run.WAITING", 2)
    run = ShadowRun(Source(tmp_path / "none.loom"))
    run.recorded([None] * 3)
    assert run.standing()["left_out"] == 3
    run.close()
