"""Readings over a WebSocket."""

import asyncio
import json

import msgpack
import pytest
from starlette.testclient import WebSocketDenialResponse

from seqloom.serve import App, Limits


def frame(mark, stream, *seqs):
    """A call."""
    readings = [{"seq": seq, "values": {"a": 1.0, "mode": "on"}} for seq in seqs]
    return {"id": mark, "stream": stream, "epoch": 0, "readings": readings}


def test_many_streams_share_a_connection(client):
    """Each frame is answered with its id, streams in any order, readings of one stream in theirs."""
    with client.websocket_connect("ws://127.0.0.1/v1/stream") as socket:
        for mark, (stream, *seqs) in enumerate([("a", 0, 1), ("b", 0), ("a", 2), ("b", 5)]):
            socket.send_json(frame(mark, stream, *seqs))
        told = {one["id"]: one for one in (socket.receive_json() for _ in range(4))}
    assert [told[mark]["acknowledged"] for mark in range(4)] == [2, 1, 3, 1]
    assert told[3]["error"]["code"] == "gap"


def test_the_answer_is_that_of_the_other_protocol(client, body):
    """A WebSocket adds an id and nothing else."""
    wanted = client.post("/v1/streams/a/readings", json=body(0, 1)).json()
    with client.websocket_connect("ws://127.0.0.1/v1/stream") as socket:
        socket.send_bytes(msgpack.packb(frame("x", "a", 0, 1)))
        assert msgpack.unpackb(socket.receive_bytes()) == {"id": "x"} | wanted


def test_truths_are_told_in_frames(client, store):
    """As they are over HTTP: part of the records, and readings without one are named."""
    truths = [{"seq": 1, "truth": {"level": 2.5}}, {"seq": 7, "truth": 1}]
    with client.websocket_connect("ws://127.0.0.1/v1/stream") as socket:
        socket.send_json(frame(0, "a", 0, 1))
        assert socket.receive_json()["acknowledged"] == 2
        socket.send_bytes(msgpack.packb({"id": "t", "stream": "a", "epoch": 0, "truths": truths}))
        told = msgpack.unpackb(socket.receive_bytes())
        socket.send_json({"id": 1, "stream": "nobody", "truths": truths})
        assert socket.receive_json()["error"]["code"] == "no-stream"
    assert told == {"id": "t", "stream": "a", "epoch": 0, "told": 1, "missing": [7]}
    assert [record.truth for record in store.records()] == [None, b'{"level":2.5}']


def test_frames_count_as_requests(client):
    """By their status, and in the times of the server."""
    with client.websocket_connect("ws://127.0.0.1/v1/stream") as socket:
        for document in (frame(0, "a", 0), frame(1, "a", 5)):
            socket.send_json(document)
            socket.receive_json()
        page = client.get("/metrics").text
    assert 'seqloom_requests_total{path="/v1/stream",status="200"} 1.0' in page
    assert 'seqloom_requests_total{path="/v1/stream",status="409"} 1.0' in page
    assert 'seqloom_request_seconds_count{path="/v1/stream"} 2.0' in page


def test_a_wrong_frame_does_not_end_the_connection(client):
    """It is answered, and the next one is read."""
    with client.websocket_connect("ws://127.0.0.1/v1/stream") as socket:
        socket.send_text("{")
        assert socket.receive_json()["error"]["code"] == "json"
        socket.send_bytes(b"\xc1")
        assert msgpack.unpackb(socket.receive_bytes())["error"]["code"] == "msgpack"
        socket.send_json(frame(1, "a", 0))
        assert socket.receive_json()["acknowledged"] == 1


def test_a_failing_store_is_told_in_the_frame(client, store):
    """The stream has not moved, and the same frame may come again."""
    with client.websocket_connect("ws://127.0.0.1/v1/stream") as socket:
        store.failures = 1
        for _ in range(2):
            socket.send_json(frame(1, "a", 0))
        first, second = socket.receive_json(), socket.receive_json()
    assert (first["error"]["code"], first["error"]["retry_after"]) == ("storage", 1)
    assert second["acknowledged"] == 1


def test_a_token_is_asked_for(guarded, bearer):
    """Without one the handshake is answered 401."""
    with pytest.raises(WebSocketDenialResponse) as caught, guarded.websocket_connect("/v1/stream"):
        pass
    assert caught.value.status_code == 401
    with guarded.websocket_connect("/v1/stream", headers=bearer("client")) as socket:
        socket.send_json(frame(1, "a", 0))
        assert socket.receive_json()["acknowledged"] == 1


def test_a_foreign_page_is_kept_out(client):
    """A browser says where it comes from."""
    with (
        pytest.raises(WebSocketDenialResponse) as caught,
        client.websocket_connect("ws://127.0.0.1/v1/stream", headers={"origin": "https://evil.example"}),
    ):
        pass
    assert caught.value.status_code == 403


def test_another_path_is_404(client):
    """And nothing is accepted."""
    with pytest.raises(WebSocketDenialResponse) as caught, client.websocket_connect("ws://127.0.0.1/v1/other"):
        pass
    assert caught.value.status_code == 404


def test_a_client_that_sends_too_much_has_to_wait(engine, store):
    """With as many calls under way as it may have, no more of a connection is read; none is lost."""

    async def run():
        app = App(engine, limits=Limits(flight=3))
        messages, sent, taken = asyncio.Queue(), asyncio.Queue(), []
        await messages.put({"type": "websocket.connect"})
        for mark in range(10):
            text = json.dumps(frame(mark, f"s{mark}", 0))
            await messages.put({"type": "websocket.receive", "text": text})

        async def receive():
            taken.append(await messages.get())
            return taken[-1]

        store.go.clear()
        scope = {"type": "websocket", "path": "/v1/stream", "headers": [(b"host", b"localhost")]}
        serving = asyncio.ensure_future(app(scope, receive, sent.put))
        await asyncio.sleep(0.2)
        waiting, read = app.batcher.waiting, len(taken) - 1
        store.go.set()
        answers = [await sent.get() for _ in range(11)]
        await messages.put({"type": "websocket.disconnect"})
        await serving
        await app.close()
        return waiting, read, answers

    waiting, read, answers = asyncio.run(run())
    assert (waiting, read) == (3, 3)
    assert [one["type"] for one in answers] == ["websocket.accept"] + ["websocket.send"] * 10
    assert all('"acknowledged":1' in one["text"] for one in answers[1:])


def test_readings_of_one_who_left_are_durable(client, engine, store):
    """What was taken is read on, and the connection is counted no more."""
    store.go.clear()
    with client.websocket_connect("ws://127.0.0.1/v1/stream") as socket:
        socket.send_json(frame(1, "a", 0))
        assert store.begun.wait(10)
    store.go.set()
    while "seqloom_sockets 0.0" not in client.get("/metrics").text:
        pass
    assert client.get("/v1/streams/a").json()["acknowledged"] == 1
