"""The short way of readings, beside the long one."""

import asyncio
import json

import pytest
import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st

from seqloom.live import Engine
from seqloom.serve import App, Tokens
from seqloom.serve.connection import Connection
from seqloom.serve.direct import LARGEST, Cycle
from seqloom.store import MemoryStore
from tests.serve.test_connection import Wire

LONG = "content-encoding: identity\r\n"
"""A header that says nothing, but that the short way does not know."""


def request(body, *, path="/v1/streams/a/readings", more="", host="localhost"):
    """The bytes of a request."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return f"POST {path} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {len(raw)}\r\n{more}\r\n".encode() + raw


def spoken(bundle, *parts, tokens=None, store=None):
    """What is written to one who sends these parts, how many went the short way, and whether he was cut off."""

    async def run():
        app = App(Engine(bundle, store or MemoryStore()), tokens)
        config = uvicorn.Config(app, http=Connection, log_config=None, lifespan="off", ws="none")
        config.server_header = config.date_header = False
        config.load()
        wire, found, short = Wire(), Connection(config, uvicorn.server.ServerState(), {}), 0
        found.connection_made(wire)
        for part in parts:
            if callable(part):
                part(found)
            else:
                found.data_received(part)
            short += isinstance(found.cycle, Cycle)
            await asyncio.sleep(0.05)
        closed = wire.closed
        found.connection_lost(None)
        await app.close()
        return wire.written, short, closed

    return asyncio.run(run())


def answers(written):
    """Status and document of each answer."""
    found = []
    while written:
        head, _, rest = written.partition(b"\r\n\r\n")
        size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        found.append((int(head[9:12]), json.loads(rest[:size])))
        written = rest[size:]
    return found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=5,
)


@settings(deadline=None, max_examples=40)  # another process may take its time
@given(
    st.one_of(
        st.binary(max_size=20),
        JSON,
        st.builds(lambda epoch, readings: {"epoch": epoch, "readings": readings}, st.integers(0, 1), JSON),
        st.builds(
            lambda seqs, value: {"readings": [{"seq": seq, "values": {"a": value, "mode": "on"}} for seq in seqs]},
            st.lists(st.integers(0, 2), max_size=3),
            JSON,
        ),
    )
)
def test_both_ways_answer_alike(bundle, body):
    """Whatever is sent, to the last byte."""
    first, short, _ = spoken(bundle, request(body))
    other, longer, _ = spoken(bundle, request(body, more=LONG))
    assert (short, longer) == (1, 0)
    assert first == other


def test_readings_go_the_short_way_one_after_the_other(bundle, body):
    """In pieces, too, and the connection is kept."""
    first, second = request(body(0)), request(body(1))
    written, short, closed = spoken(bundle, first, second[:30], second[30:-5], second[-5:])
    assert [(status, told["acknowledged"]) for status, told in answers(written)] == [(200, 1), (200, 2)]
    assert short == 4
    assert not closed


def test_requests_behind_others_are_answered_in_their_order(bundle, body):
    """However they come, and whichever way they go."""
    three = (
        request(body(0))
        + request(body(1))
        + request(body(2), more=LONG)
        + b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n"
    )
    written, *_ = spoken(bundle, three, request(body(3)))
    found = answers(written)
    assert [status for status, _ in found] == [200] * 5
    assert [told.get("acknowledged") for _, told in found] == [1, 2, 3, None, 4]


@pytest.mark.parametrize(
    "more",
    ["expect: 100-continue\r\n", "connection: close\r\n", "content-type: application/json; charset=utf-8\r\n", LONG],
)
def test_all_but_the_plainest_requests_go_the_long_way(bundle, body, more):
    """And are answered there."""
    written, short, _ = spoken(bundle, request(body(0), more=more))
    assert short == 0
    assert b'"acknowledged":1' in written


@pytest.mark.parametrize("path", ["/v1/streams/a/b/readings", "/v1/streams/a/readings?x=1", "/v1/streams/a/truth"])
def test_other_paths_go_the_long_way(bundle, body, path):
    """They have other handlers."""
    assert spoken(bundle, request(body(0), path=path))[1] == 0


def test_a_large_body_goes_the_long_way(bundle, body):
    """It is read a part at a time."""
    large = json.dumps(body(*range(3))).encode().ljust(LARGEST + 1)
    written, short, _ = spoken(bundle, request(large))
    assert (short, answers(written)[0][1]["acknowledged"]) == (0, 3)


def test_a_token_is_asked_for_on_the_short_way(bundle, body):
    """And a page of the web is kept out where there is none."""
    tokens = Tokens(["c" * 32], ["a" * 32])
    assert answers(spoken(bundle, request(body(0)), tokens=tokens)[0])[0][0] == 401
    known = request(body(0), more=f"authorization: Bearer {'c' * 32}\r\n")
    written, short, _ = spoken(bundle, known, tokens=tokens)
    assert (short, answers(written)[0][0]) == (1, 200)
    assert answers(spoken(bundle, request(body(0), host="evil.example"))[0])[0][0] == 403


def test_a_server_that_ends_answers_what_it_has_taken(bundle, body):
    """And closes the connection behind the answer."""

    def end(connection):
        connection.data_received(request(body(0)))
        connection.shutdown()

    written, _, closed = spoken(bundle, end)
    assert answers(written)[0][1]["acknowledged"] == 1
    assert b"connection: close" in written
    assert closed


def test_a_client_that_leaves_is_read_on_and_not_answered(bundle, body):
    """His readings are durable, as on the long way."""

    def leave(connection):
        connection.data_received(request(body(0)))
        connection.connection_lost(None)

    store = MemoryStore()
    written, *_ = spoken(bundle, leave, store=store)
    assert written == b""
    assert store.session("a").seq == 1


def test_half_a_request_is_not_read(bundle, body):
    """A client that leaves before its end has asked for nothing."""
    store = MemoryStore()
    spoken(bundle, request(body(0))[:-3], lambda connection: connection.connection_lost(None), store=store)
    assert store.session("a") is None
