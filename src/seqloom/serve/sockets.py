"""Readings over a WebSocket: many streams on one connection, many calls under way."""

import asyncio
import time
from collections import deque
from typing import Any

from seqloom.errors import SeqloomError
from seqloom.serve.batcher import Batcher, outcome
from seqloom.serve.endpoint import WANTED, Gate
from seqloom.serve.exchange import Answer, Message, Receive, Scope, Send
from seqloom.serve.frames import Frame, closed, opened, status
from seqloom.serve.joint import Told
from seqloom.serve.limits import Limits
from seqloom.serve.metrics import Metrics
from seqloom.serve.tokens import Right

REFUSED = "websocket.http.response"
POLICY = 1008


class Sockets:
    """WebSockets of a server, an ASGI application.

    Args:
        batcher: where calls go.
        gate: who is let in.
        limits: of frames, and how many calls of one connection wait.
        metrics: where frames are counted.
    """

    def __init__(self, batcher: Batcher, gate: Gate, limits: Limits, metrics: Metrics) -> None:
        self._batcher, self._gate, self._limits, self._metrics = batcher, gate, limits, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection until it closes."""
        await receive()
        try:
            self._gate.enter({name: value for name, value in scope["headers"] if name in WANTED}, Right.READ)
        except SeqloomError as error:
            await refuse(scope, send, Answer.refused(error))
            return
        await send({"type": "websocket.accept"})
        self._metrics.opened(1)
        try:
            await _Socket(self._batcher, self._limits, self._metrics).run(receive, send)
        finally:
            self._metrics.opened(-1)


class _Socket:
    """One connection: a task that reads frames, one that sends answers as they come."""

    def __init__(self, batcher: Batcher, limits: Limits, metrics: Metrics) -> None:
        self._batcher, self._limits, self._metrics = batcher, limits, metrics
        self._done: deque[tuple[Frame, Told, float]] = deque()
        self._under_way, self._gone = 0, False
        self._came, self._room = asyncio.Event(), asyncio.Event()

    async def run(self, receive: Receive, send: Send) -> None:
        """Read until the client leaves; what it asked for by then is read on, and nobody is told."""
        sending = asyncio.ensure_future(self._send(send))
        try:
            await self._read(receive)
        finally:
            sending.cancel()

    async def _read(self, receive: Receive) -> None:
        while True:
            while self._under_way >= self._limits.flight and not self._gone:  # the client has to wait, too
                self._room.clear()
                await self._room.wait()
            message = await receive()
            if message["type"] != "websocket.receive":
                return
            self._take(opened(_content(message), self._limits))

    def _take(self, frame: Frame) -> None:
        self._under_way += 1
        began = time.perf_counter()
        if isinstance(frame.asked, SeqloomError):
            self._answered(frame, frame.asked, began)
            return
        try:
            reply: asyncio.Future[Any] = self._batcher.put(frame.asked)
        except SeqloomError as error:
            self._answered(frame, error, began)
            return
        reply.add_done_callback(lambda done: self._answered(frame, outcome(done), began))

    def _answered(self, frame: Frame, found: Told, began: float) -> None:
        self._done.append((frame, found, began))
        self._came.set()

    async def _send(self, send: Send) -> None:
        try:
            while True:
                await self._came.wait()
                self._came.clear()
                while self._done:
                    frame, found, began = self._done.popleft()
                    await send(closed(frame, found))
                    self._metrics.framed(status(found), time.perf_counter() - began)
                    self._under_way -= 1
                    self._room.set()
        except OSError:  # the client left; `_read` learns of it, too
            self._gone = True
            self._room.set()


async def refuse(scope: Scope, send: Send, answer: Answer) -> None:
    """Answer a handshake with an error, as a response where the server can."""
    if REFUSED not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": POLICY})
        return
    headers = [(b"content-type", answer.kind), (b"content-length", b"%d" % len(answer.body)), *answer.headers]
    await send({"type": f"{REFUSED}.start", "status": answer.status, "headers": headers})
    await send({"type": f"{REFUSED}.body", "body": answer.body})


def _content(message: Message) -> str | bytes:
    content: Any = message.get("text")
    found: str | bytes = message.get("bytes") or b"" if content is None else content
    return found
