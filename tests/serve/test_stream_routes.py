"""Streams over HTTP: looked at, listed, ended, begun anew, copied, kept elsewhere and put back."""

import pytest


@pytest.fixture
def pump(client, body):
    """A stream with two readings."""
    client.post("/v1/streams/pump/readings", json=body(0, 1))
    return "/v1/streams/pump"


def test_a_stream_says_how_far_it_is(client, pump):
    """Epoch, and how many readings of it are acknowledged."""
    assert client.get(pump).json() == {"stream": "pump", "epoch": 0, "acknowledged": 2}


@pytest.mark.parametrize(("method", "rest"), [("GET", ""), ("GET", "/snapshot"), ("POST", "/reset")])
def test_a_stream_that_is_not_there_is_404(client, method, rest):
    """Nothing is made by asking for it."""
    refused = client.request(method, f"/v1/streams/nobody{rest}")
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "no-stream")


def test_an_ended_stream_begins_at_its_beginning(client, pump, body):
    """Ending is final, and may be asked for twice."""
    assert client.delete(pump).json() == {"stream": "pump", "ended": True}
    assert client.delete(pump).status_code == 200
    assert client.get(pump).status_code == 404
    assert client.post(f"{pump}/readings", json=body(0)).json()["acknowledged"] == 1


def test_a_reset_stream_begins_a_new_epoch(client, pump, body):
    """What is sent of the old epoch is refused, that of the new one answered as from the beginning."""
    first = client.post("/v1/streams/other/readings", json=body(0)).json()["predictions"]
    assert client.post(f"{pump}/reset").json() == {"stream": "pump", "epoch": 1, "acknowledged": 0}
    assert client.post(f"{pump}/readings", json=body(2)).status_code == 412
    assert client.post(f"{pump}/readings", json=body(0) | {"epoch": 1}).json()["predictions"] == first


def test_a_copy_goes_on_by_itself(client, pump, body):
    """Both give the same next answer, and neither moves the other."""
    assert client.post(f"{pump}/fork", json={"to": "copy"}).json()["acknowledged"] == 2
    copied = client.post("/v1/streams/copy/readings", json=body(2)).json()["predictions"]
    assert client.get(pump).json()["acknowledged"] == 2
    assert client.post(f"{pump}/readings", json=body(2)).json()["predictions"] == copied
    assert client.post(f"{pump}/fork", json={"to": "copy"}).status_code == 409


def test_a_snapshot_that_is_put_back_goes_on_where_it_was_taken(client, pump, body):
    """Under another name, and in place of the stream in its next epoch."""
    kept = client.get(f"{pump}/snapshot").json()
    then = client.post(f"{pump}/readings", json=body(2)).json()["predictions"]
    restored = client.post("/v1/streams/elsewhere/restore", json={"snapshot": kept})
    assert restored.json() == {"stream": "elsewhere", "epoch": 0, "acknowledged": 2}
    assert client.post("/v1/streams/elsewhere/readings", json=body(2)).json()["predictions"] == then
    assert client.post(f"{pump}/restore", json={"snapshot": kept}).json()["epoch"] == 1
    assert client.post(f"{pump}/readings", json=body(2) | {"epoch": 1}).json()["predictions"] == then


def test_a_changed_snapshot_is_refused(client, pump):
    """Its checksum tells."""
    kept = client.get(f"{pump}/snapshot").json()
    refused = client.post(f"{pump}/restore", json={"snapshot": kept | {"seq": 9}})
    assert (refused.status_code, refused.json()["error"]["where"]) == (422, "snapshot, checksum")


def test_names_come_in_pages(client, body):
    """Each page says after which name the next one begins."""
    for name in ("b", "a", "c"):
        client.post(f"/v1/streams/{name}/readings", json=body(0))
    assert client.get("/v1/streams?limit=2").json() == {"streams": ["a", "b"], "after": "b", "count": 3}
    assert client.get("/v1/streams?limit=2&after=b").json() == {"streams": ["c"], "after": None, "count": 3}


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "limit=1001", "limit=²", "after=%00", "more=1", "after=%FF"])
def test_a_query_that_is_none_is_refused(client, query):
    """The field is named."""
    refused = client.get(f"/v1/streams?{query}")
    assert (refused.status_code, refused.json()["error"]["where"][:5]) == (422, "query")


def test_operations_are_durable(client, pump, store, body):
    """What was told is in the store."""
    client.post(f"{pump}/fork", json={"to": "copy"})
    client.post(f"{pump}/reset")
    assert (store.session("pump").epoch, store.session("copy").seq) == (1, 2)
    store.failures = 1
    assert client.delete("/v1/streams/copy").status_code == 503
    assert client.get("/v1/streams/copy").status_code == 200
