"""Whether a server lives, and whether it can do its work."""

import asyncio
import time

from seqloom.serve.batcher import Batcher
from seqloom.serve.exchange import Answer, Asked

PATIENCE = 2.0
"""Seconds that a store may take to say that it would commit."""


class Health:
    """Handlers for those who watch a server.

    Args:
        batcher: its calls and streams.
    """

    def __init__(self, batcher: Batcher) -> None:
        self._batcher = batcher
        self._began = time.monotonic()
        self._probing: asyncio.Future[None] | None = None

    async def live(self, asked: Asked) -> Answer:  # noqa: ARG002 - as every handler
        """The process answers."""
        return Answer.of({"status": "live", "seconds": round(time.monotonic() - self._began, 1)})

    async def ready(self, asked: Asked) -> Answer:  # noqa: ARG002 - as every handler
        """The model is loaded, and the store takes a commit."""
        if self._batcher.closing:
            return Answer.of({"status": "closing"}, 503)
        if self._probing is None or self._probing.done():
            loop = asyncio.get_running_loop()
            self._probing = asyncio.ensure_future(loop.run_in_executor(None, self._batcher.engine.probe))
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.shield(self._probing)
        except (TimeoutError, OSError):
            return Answer.of({"status": "the store does not commit"}, 503)
        return Answer.of({"status": "ready", "model": self._batcher.engine.digest, "waiting": self._batcher.waiting})
