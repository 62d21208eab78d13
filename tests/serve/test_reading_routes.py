"""Readings over HTTP."""

import asyncio

import pytest
from starlette.testclient import TestClient

from seqloom.live import Call, Engine, Reading
from seqloom.serve import App
from seqloom.store import MemoryStore

PATH = "/v1/streams/pump/readings"


def test_readings_are_answered_as_the_engine_answers_them(client, bundle, body):
    """The server adds nothing to what the model says."""
    reply = Engine(bundle, MemoryStore()).read([Call("pump", [Reading({"a": 1.0, "mode": "on"})] * 3)])[0]
    told = client.post(PATH, json=body(0, 1, 2)).json()
    assert [(one["seq"], one["prediction"]) for one in told["predictions"]] == list(reply.answers)
    assert (told["stream"], told["epoch"], told["acknowledged"]) == ("pump", 0, 3)


def test_the_same_readings_again_are_answered_as_before(client, body):
    """A retry gets the original answer, and the stream does not move."""
    first = client.post(PATH, json=body(0, 1))
    assert client.post(PATH, json=body(0, 1)).json() == first.json()
    assert client.get("/v1/streams/pump").json()["acknowledged"] == 2


def test_a_gap_is_told_with_the_number_expected(client, body):
    """Missing readings are 409, and the client knows from where to send again."""
    client.post(PATH, json=body(0))
    refused = client.post(PATH, json=body(5))
    assert refused.status_code == 409
    assert (refused.json()["error"]["code"], refused.json()["error"]["number"]) == ("gap", 1)


@pytest.mark.parametrize("epoch", [0, 7])
def test_another_epoch_is_told_with_the_present_one(client, body, epoch):
    """A client of before a reset, or of another server, is told 412."""
    client.post(PATH, json=body(0))
    client.post("/v1/streams/pump/reset")
    refused = client.post(PATH, json=body(0) | {"epoch": epoch})
    assert refused.status_code == 412
    assert (refused.json()["error"]["number"], refused.json()["epoch"]) == (1, 1)


def test_what_came_before_a_wrong_reading_is_acknowledged(client, body):
    """Nothing that could be read has to be sent again."""
    document = body(0, 1, 2)
    document["readings"][1]["values"]["a"] = "seven"
    refused = client.post(PATH, json=document)
    assert refused.status_code == 422
    told = refused.json()
    assert (told["acknowledged"], len(told["predictions"])) == (1, 1)
    assert told["error"]["where"] == "stream 'pump', reading 1, column 'a'"


def test_a_name_may_have_a_slash_and_other_letters(client, body):
    """Names are percent-encoded UTF-8 in the path."""
    told = client.post("/v1/streams/hall%2F3%20%C3%BC/readings", json=body(0)).json()
    assert told["stream"] == "hall/3 ü"


@pytest.mark.parametrize("name", ["%00", "%0A", "a" * 257, "%FF", "%C2%85", "%ED%A0%80"])
def test_a_name_that_cannot_be_written_is_refused(client, body, name):
    """Control characters, halves of characters and long names are 422."""
    refused = client.post(f"/v1/streams/{name}/readings", json=body(0))
    assert (refused.status_code, refused.json()["error"]["where"]) == (422, "path, stream")


def test_many_streams_are_answered_each_by_itself(client, body):
    """One stream's mistake leaves the others alone, and is told in its place."""
    document = {"streams": [body(0) | {"stream": "a"}, body(4) | {"stream": "b"}, {"stream": "c"}]}
    answer = client.post("/v1/readings", json=document)
    assert answer.status_code == 200
    first, second, third = answer.json()["streams"]
    assert (first["stream"], first["acknowledged"], "error" in first) == ("a", 1, False)
    assert (second["stream"], second["error"]["code"]) == ("b", "gap")
    assert (third["stream"], third["error"]["where"]) == ("c", "body.streams[2].readings")


def test_a_stream_may_stand_in_a_body_twice(client, body):
    """Its calls are read in order."""
    document = {"streams": [body(0) | {"stream": "a"}, body(1, 2) | {"stream": "a"}]}
    told = client.post("/v1/readings", json=document).json()["streams"]
    assert [one["acknowledged"] for one in told] == [1, 3]


def test_a_refusing_store_is_told_without_its_path(client, store, body):
    """A failed commit is 503 with the time to wait, and the stream has not moved."""
    store.failures = 1
    refused = client.post(PATH, json=body(0))
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert refused.json()["error"]["code"] == "storage"
    assert "path" not in refused.text
    assert client.post(PATH, json=body(0)).json()["acknowledged"] == 1


def test_many_streams_that_all_have_to_wait_are_one_refusal(client, store, body):
    """A client that sends many streams sees a failing store in the status, too."""
    store.failures = 1
    refused = client.post("/v1/readings", json={"streams": [body(0) | {"stream": name} for name in "ab"]})
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert [one["error"]["code"] for one in refused.json()["streams"]] == ["storage", "storage"]


@pytest.mark.parametrize("path", [PATH, "/v1/readings"])
def test_a_server_that_takes_no_more_does_not_look_at_what_came(engine, path):
    """The refusal costs little, and comes whatever the body is."""
    app = App(engine)
    asyncio.run(app.close())
    client = TestClient(app, base_url="http://127.0.0.1")
    refused = client.post(path, content=b"{", headers={"content-type": "application/json"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "closing")
