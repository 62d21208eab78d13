"""One connection of HTTP, with bounds on what comes before a request is understood."""

from asyncio import TimerHandle, Transport
from typing import Any

import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from seqloom.serve.direct import Bound, Cycle, Direct

HEADER_BYTES = 64 * 1024
CONNECTIONS = 10_000
SECONDS = 10.0
BAD, SLOW, LARGE, FULL = 400, 408, 431, 503
EXPECTED = {
    BAD: ("http", "a request of HTTP/1.1", "something else", "correct the request"),
    SLOW: ("slow", "a whole request within the time there is", "a part of it", "send it faster"),
    LARGE: ("headers-too-large", f"at most {HEADER_BYTES} bytes before the body", "more", "shorten the headers"),
    FULL: ("overloaded", f"at most {CONNECTIONS} connections", "one more", "connect again later"),
}


class Connection(HttpToolsProtocol):
    """A connection whose requests have to arrive within ten seconds, and begin with at most 64 KiB of headers."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*arguments, **named)
        self._direct: Direct = self.config.app.direct  # type: ignore[union-attr]  # it is the `App`
        self._unread, self._heading = 0, True
        self._clock: TimerHandle | None = None
        self._since: float | None = None
        """Since when a request is awaited; None: none is, or it is all there."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # uvicorn narrows it too
        """Begin; where there are too many connections, end."""
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            self._refuse(FULL)
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._rest()
        if self._clock is not None:
            self._clock.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """More of a request."""
        if self.transport.is_closing():
            return
        self._unread += len(data)
        super().data_received(data)
        if self._heading and self._unread > HEADER_BYTES and not self.transport.is_closing():
            self._refuse(LARGE)

    def on_message_begin(self) -> None:
        """A further request."""
        super().on_message_begin()
        self._heading = True
        self._unread = max(self._unread, 1)  # how much of it came with the one before nobody knows
        if self._since is None:
            self._wait()

    def on_headers_complete(self) -> None:
        """It is known what is wanted: readings of one stream go the short way, where nothing else is under way."""
        self._heading = False
        bound = self._short()
        if bound is None:
            super().on_headers_complete()
        else:
            self.cycle = Cycle(self._direct, bound, self.transport, self.on_response_complete)  # type: ignore[assignment]  # it has all that is asked of one

    def on_message_complete(self) -> None:
        """All of a request is there."""
        self._rest()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's signature
        """Something that is no request."""
        self._refuse(BAD)

    def _short(self) -> Bound | None:
        """Where a request goes on the short way; None: it goes the long one."""
        if self.cycle is not None and not self.cycle.response_complete:
            return None
        plain = self.parser.get_http_version() == "1.1" and self.parser.should_keep_alive()
        if not plain or self.parser.should_upgrade() or self.expect_100_continue or self.flow.write_paused:
            return None
        return self._direct.fits(self.parser.get_method(), self.url, self.headers)

    def _wait(self) -> None:
        """Wait for a request from now on; one clock looks after many, since nearly all of them are there at once."""
        self._since = self.loop.time()
        if self._clock is None:
            self._clock = self.loop.call_later(SECONDS, self._look)

    def _rest(self) -> None:
        """Wait for nothing."""
        self._since, self._unread = None, 0

    def _look(self) -> None:
        self._clock = None
        if self._since is None:
            return
        left = self._since + SECONDS - self.loop.time()
        if left > 0:
            self._clock = self.loop.call_later(left, self._look)
        elif self._unread:
            self._refuse(SLOW)
        else:
            self._rest()
            self.transport.close()

    def _refuse(self, status: int) -> None:
        """Say why, and end."""
        self._rest()
        code, expected, came, fix = EXPECTED[status]
        error = {"code": code, "where": "connection", "expected": expected, "came": came, "fix": fix}
        body = orjson.dumps({"error": error})
        head = b"content-type: application/json\r\nconnection: close\r\n"
        retry = b"retry-after: 1\r\n" if status == FULL else b""
        size = b"content-length: %d\r\n\r\n" % len(body)
        self.transport.write(b"".join([STATUS_LINE[status], head, retry, size, body]))
        self.transport.close()
