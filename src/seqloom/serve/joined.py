"""Connections of WebSockets that write once what is written at a time: a round answers many frames of a client."""

import asyncio
from asyncio import BaseTransport, Transport
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class Joined:
    """A transport that hands on what was written when the loop comes round, in one piece.

    All else is asked of the transport behind it.

    Args:
        transport: to the client.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport, self._loop = transport, asyncio.get_running_loop()
        self._parts: list[bytes] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a transport has
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send it, together with what else comes before the loop is asked again."""
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(data)

    def close(self) -> None:
        """Send what is left, and end."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        parts, self._parts = self._parts, []
        if parts and not self._transport.is_closing():
            self._transport.write(b"".join(parts))


class WebSocket(WebSocketsSansIOProtocol):
    """A WebSocket of uvicorn, over a transport that joins."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Begin."""
        super().connection_made(cast("Transport", Joined(cast("Transport", transport))))
