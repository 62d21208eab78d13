"""A connection of HTTP, byte by byte."""

import asyncio
import json

import pytest
import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st

from seqloom.live import Engine
from seqloom.serve import App, connection
from seqloom.serve.connection import Connection
from seqloom.store import MemoryStore

GET = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n"


class Wire:
    """A transport that keeps what is written."""

    def __init__(self):
        self.written, self.closed = b"", False

    def get_extra_info(self, name, default=None):  # noqa: ARG002 - as transports have it
        """Nothing is known of the other end."""
        return default

    def write(self, data):
        """Keep it."""
        self.written += data

    def close(self):
        """End."""
        self.closed = True

    def is_closing(self):
        """Whether it ended."""
        return self.closed

    def pause_reading(self):
        """Nothing is read."""

    def resume_reading(self):
        """The same."""


def answers(engine, *parts, wait=0.05, connections=0):
    """What is written to one who sends these parts, or waits so many seconds, and whether the connection was closed."""

    async def run():
        app = App(engine)
        config = uvicorn.Config(app, log_config=None, lifespan="off", ws="none", server_header=False, date_header=False)
        config.load()
        state = uvicorn.server.ServerState()
        state.connections.update(range(connections))
        wire, found = Wire(), Connection(config, state, {})
        found.connection_made(wire)
        for part in parts:
            if isinstance(part, float):
                await asyncio.sleep(part)
            elif not wire.closed:
                found.data_received(part)
        await asyncio.sleep(wait)
        closed = wire.closed
        found.connection_lost(None)
        await app.close()
        return wire.written, closed

    return asyncio.run(run())


def refusal(written):
    """Status and code of an answer."""
    head, _, body = written.partition(b"\r\n\r\n")
    return int(head[9:12]), json.loads(body)["error"]["code"]


def test_a_request_is_answered_and_the_connection_kept(engine):
    """Also where it comes in pieces, and another one behind it."""
    written, closed = answers(engine, GET[:9], GET[9:] + GET)
    assert written.count(b"HTTP/1.1 200 OK") == 2
    assert not closed


def test_every_request_has_its_own_time(engine, monkeypatch):
    """The clock of one that was answered ends neither the connection nor the next, which may take as long."""
    monkeypatch.setattr(connection, "SECONDS", 0.3)
    written, closed = answers(engine, GET, 0.2, GET[:9], 0.2, GET[9:], wait=0.05)
    assert written.count(b"HTTP/1.1 200 OK") == 2
    assert not closed
    written, closed = answers(engine, GET, 0.2, GET[:9], wait=0.5)
    assert refusal(written[written.index(b"HTTP/1.1 408") :]) == (408, "slow")
    assert closed


@pytest.mark.parametrize(
    "raw",
    [
        b"hello\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02",
        b"CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
    ],
)
def test_what_is_no_request_is_told_in_json(engine, raw):
    """And the connection ends."""
    written, closed = answers(engine, raw)
    assert refusal(written)[0] in (400, 404)
    assert closed or refusal(written) == (404, "no-path")


def test_headers_are_bounded(engine):
    """A request that does not come to its point is cut off, and so is a long address."""
    for part in (b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 20_000, b"GET /" + b"x" * 70_000):
        written, closed = answers(engine, part[:30_000], part[30_000:66_000], part[66_000:])
        assert (refusal(written), closed) == ((431, "headers-too-large"), True)


def test_a_body_is_not_counted_as_headers(engine):
    """It has a limit of its own."""
    head = b"POST /v1/readings HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100000\r\n\r\n"
    written, closed = answers(engine, head, b" " * 60_000, b" " * 40_000, GET)
    assert refusal(written[: written.index(b"HTTP/1.1 200")]) == (400, "json")
    assert not closed


@pytest.mark.parametrize(
    "parts", [[b"GET / HT"], [b"POST /v1/readings HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n1"]]
)
def test_a_request_has_to_arrive(engine, monkeypatch, parts):
    """One that stops coming is told so; a connection that says nothing is closed."""
    monkeypatch.setattr(connection, "SECONDS", 0.02)
    written, closed = answers(engine, *parts)
    assert (refusal(written), closed) == ((408, "slow"), True)
    assert answers(engine) == (b"", True)
    assert answers(engine, GET)[1] is False


def test_connections_are_bounded(engine, monkeypatch):
    """One more is told to come again."""
    monkeypatch.setattr(connection, "CONNECTIONS", 3)
    written, closed = answers(engine, GET, connections=3)
    assert (refusal(written), closed) == ((503, "overloaded"), True)
    assert b"retry-after: 1" in written


@settings(max_examples=30, deadline=None)
@given(
    st.binary(max_size=80) | st.binary(max_size=40).map(lambda raw: b"GET /" + raw + b" HTTP/1.1\r\nhost: x\r\n\r\n")
)
def test_any_bytes_on_the_wire_are_survived(bundle, raw):
    """What is answered is a status of a client's mistake."""
    written, _ = answers(Engine(bundle, MemoryStore()), raw, wait=0.005)
    assert not written or 200 <= int(written[9:12]) < 500
