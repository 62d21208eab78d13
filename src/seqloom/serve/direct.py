"""The short way of readings: from a connection to the batcher and back, without a task for each request.

It is for the request that nearly all are: a small body of JSON for one stream, by somebody who listens. All others go
through ASGI, to the same handlers, and both are answered alike.
"""

import time
from asyncio import Future, Transport
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from seqloom.live import Reply
from seqloom.serve.asked import call, stream_in_path
from seqloom.serve.batcher import Batcher, outcome
from seqloom.serve.endpoint import WANTED, Gate
from seqloom.serve.exchange import JSON, Answer, parsed
from seqloom.serve.limits import Limits
from seqloom.serve.metrics import Metrics
from seqloom.serve.reading_routes import answered
from seqloom.serve.tokens import Right

BEGIN, END = b"/v1/streams/", b"/readings"
PATH = "/v1/streams/{stream}/readings"
LARGEST = 64 * 1024
"""Bytes of a body; of a larger one the connection reads a part at a time."""
PLAIN = frozenset({b"authorization", b"content-length", b"content-type", b"host", b"origin"})
"""Headers with a say that the short way knows; with others a request goes the long one."""
CLOSE = (b"connection", b"close")


class Bound(NamedTuple):
    """Where a request goes.

    Args:
        stream: the name in its path, percent-encoded.
        headers: those that have a say.
    """

    stream: str
    headers: Mapping[bytes, bytes]


class Direct:
    """Reads what connections bring.

    Args:
        batcher: where calls go.
        gate: who is let in.
        limits: of their sizes.
        metrics: where answers are counted.
    """

    def __init__(self, batcher: Batcher, gate: Gate, limits: Limits, metrics: Metrics) -> None:
        self._batcher, self._gate, self._limits, self._metrics = batcher, gate, limits, metrics

    def fits(self, method: bytes, url: bytes, headers: Iterable[tuple[bytes, bytes]]) -> Bound | None:
        """A request that may go the short way; None: it may not.

        Args:
            method: of HTTP.
            url: as it stands in the request.
            headers: their names in small letters.
        """
        if method != b"POST" or not url.startswith(BEGIN) or not url.endswith(END) or b"?" in url or b"#" in url:
            return None
        segment = url[len(BEGIN) : -len(END)]
        named = {name: value for name, value in headers if name in WANTED or name == b"transfer-encoding"}
        size = named.get(b"content-length", b"")
        small = size.isdigit() and int(size[:9]) <= min(LARGEST, self._limits.body) and len(size) <= len(str(LARGEST))
        if b"/" in segment or not small or not named.keys() <= PLAIN or named.get(b"content-type", JSON) != JSON:
            return None
        return Bound(segment.decode("latin-1"), named)

    def read(self, bound: Bound, body: bytes, send: Callable[[Answer], None]) -> None:
        """Read a request, and answer it when it is durable.

        Args:
            bound: where it goes.
            body: JSON.
            send: is given the answer, once, now or later.
        """
        began = time.perf_counter()

        def finish(answer: Answer) -> None:
            self._metrics.requests.answered(PATH, answer.status, time.perf_counter() - began)
            send(answer)

        try:
            self._gate.enter(bound.headers, Right.READ)
            self._batcher.admit()
            stream = stream_in_path(bound.stream, self._limits)
            reply: Future[Reply] = self._batcher.put(call(parsed(body), stream, self._limits))
        except Exception as error:  # noqa: BLE001 - every error has its answer, none is a traceback
            finish(Answer.refused(error))
            return
        reply.add_done_callback(lambda done: finish(_answer(done)))


class Cycle:
    """A request on the short way, in the place where a connection of uvicorn has the one it is busy with.

    The connection adds to `body`, and calls `message_event.set` when there is more of it, when that was all, and when
    the client is gone; it looks at `response_complete` before it begins another one.

    Args:
        direct: reads it.
        bound: where it goes.
        transport: to the client.
        ended: is called when the answer is written.
    """

    def __init__(self, direct: Direct, bound: Bound, transport: Transport, ended: Callable[[], None]) -> None:
        self._direct, self._bound, self._transport, self._ended = direct, bound, transport, ended
        self.body, self.more_body = bytearray(), True
        self.disconnected = self.response_complete = self._begun = False
        self.keep_alive = True
        self.message_event = self

    def set(self) -> None:
        """Begin, when all is there."""
        if not self.more_body and not self._begun:
            self._begun = True
            self._direct.read(self._bound, bytes(self.body), self._send)

    def _send(self, answer: Answer) -> None:
        self.response_complete = True
        if self.disconnected or self._transport.is_closing():
            return
        headers = list(answer.headers)
        closes = not self.keep_alive or CLOSE in headers
        if closes and CLOSE not in headers:
            headers.append(CLOSE)
        kind = b"content-type: %b\r\ncontent-length: %d\r\n" % (answer.kind, len(answer.body))
        more = b"".join([b"%b: %b\r\n" % header for header in headers])
        self._transport.write(b"".join([STATUS_LINE[answer.status], kind, more, b"\r\n", answer.body]))
        if closes:
            self._transport.close()
        self._ended()


def _answer(reply: Future[Reply]) -> Answer:
    """What a call that is done is answered with."""
    found = outcome(reply)
    return Answer.refused(found) if isinstance(found, Exception) else answered(found)
