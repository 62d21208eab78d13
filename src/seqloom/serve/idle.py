"""Streams that nobody reads on with are let go of after some time."""

import asyncio
import logging
import time

from seqloom.errors import OverloadedError, SeqloomError, StorageError
from seqloom.live import FORGOTTEN, RESET, Expire
from seqloom.serve.batcher import Batcher
from seqloom.serve.observer import Observer

DAY = 86_400
LEAST, MOST = 0.05, 3_600.0
"""Seconds between two looks at all streams: a tenth of the time after which they are idle, within these bounds."""
PAGE = 100
"""Streams that are looked at, and let go of, together."""
log = logging.getLogger(__name__)


class Idle:
    """Looks at all streams of the store again and again, page by page, and lets go of those that are idle.

    Each is let go of among the calls of clients, in its turn: one that is read on with meanwhile goes on. After
    each page it rests as long as that took, so that clients have the server most of the time.

    Args:
        batcher: of the calls.
        days: after which a stream is idle; None: none ever is.
        observer: who is told.
    """

    def __init__(self, batcher: Batcher, days: float | None, observer: Observer) -> None:
        self._batcher, self._days, self._observer = batcher, days, observer

    async def watch(self) -> None:
        """For ever, or not at all."""
        while self._days is not None:
            await asyncio.sleep(min(max(self._days * DAY / 10, LEAST), MOST))
            try:
                await self.sweep(time.time_ns() // 1000 - int(self._days * DAY * 1e6))
            except OverloadedError:
                log.info("idle streams are looked at again later: too many calls wait")
            except SeqloomError as error:
                log.warning("idle streams are kept for now: %s", error)

    async def sweep(self, before: int) -> None:
        """Look at all streams once.

        Args:
            before: microseconds since 1970; who has not moved since is let go of.

        Raises:
            OverloadedError: too many calls wait, or the server closes.
            StorageError: the store refused.
        """
        after: str | None = ""
        while after is not None:
            began = time.perf_counter()
            idle, after = await asyncio.to_thread(self._page, before, after)
            found = await asyncio.gather(*map(self._batcher.operate, idle), return_exceptions=True)
            for one in found:
                if isinstance(one, OverloadedError | StorageError):
                    raise one
                if not isinstance(one, BaseException) and one["outcome"] in (RESET, FORGOTTEN):
                    self._observer.expired(one["outcome"])
            await asyncio.sleep(time.perf_counter() - began)

    def _page(self, before: int, after: str) -> tuple[list[Expire], str | None]:
        """The idle ones among the streams that follow a name, and the last of these; None: there are no more."""
        engine, idle = self._batcher.engine, []
        names = engine.streams(after=after, limit=PAGE)
        for name in names:
            try:
                session = engine.stored(name)
            except StorageError:
                raise
            except SeqloomError:
                continue  # a damaged one stays for whoever looks into it
            if session is not None and session.at < before:
                idle.append(Expire(name, before))
        return idle, names[-1] if names else None
