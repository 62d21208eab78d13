"""Streams over HTTP: how far they are, all their names, and what administrators do with them."""

from collections.abc import Mapping
from typing import Any

from seqloom.live import End, Fork, Look, Operation, Reset, Restore, Snapshot, View
from seqloom.serve.asked import named, shallow, stream_in_path, stream_name
from seqloom.serve.batcher import Batcher
from seqloom.serve.exchange import Answer, Asked
from seqloom.serve.limits import Limits
from seqloom.serve.listing import Listing
from seqloom.serve.refusal import RequestError

PAGE = 100
QUERY, LIMIT = frozenset({"after", "limit"}), frozenset({"limit"})
FORK, RESTORE = frozenset({"to"}), frozenset({"snapshot"})


class StreamRoutes:
    """Handlers of streams.

    Args:
        batcher: where operations go.
        limits: of names and pages.
    """

    def __init__(self, batcher: Batcher, limits: Limits) -> None:
        self._batcher, self._limits = batcher, limits

    async def page(self, asked: Asked) -> Answer:
        """Names of streams in order, and the one after which the next page begins."""
        query = asked.query(QUERY)
        after = query.get("after", "")
        if after:
            stream_name(after, self._limits, "query, after")
        return await self._done(Listing(after, _limit(query, self._limits.streams)))

    async def view(self, asked: Asked) -> Answer:
        """What a stream was sent and answered last, and what is remembered of it."""
        limit = _limit(asked.query(LIMIT), self._limits.readings)
        return await self._done(View(self._stream(asked), limit))

    async def look(self, asked: Asked) -> Answer:
        """How far a stream is."""
        return await self._done(Look(self._stream(asked)))

    async def end(self, asked: Asked) -> Answer:
        """Remove a stream."""
        return await self._done(End(self._stream(asked)))

    async def reset(self, asked: Asked) -> Answer:
        """Begin a stream anew."""
        await self._fields(asked, frozenset())
        return await self._done(Reset(self._stream(asked)))

    async def fork(self, asked: Asked) -> Answer:
        """Copy a stream."""
        document = await self._fields(asked, FORK)
        return await self._done(Fork(self._stream(asked), stream_name(document.get("to"), self._limits, "body.to")))

    async def snapshot(self, asked: Asked) -> Answer:
        """All there is of a stream."""
        return await self._done(Snapshot(self._stream(asked)))

    async def restore(self, asked: Asked) -> Answer:
        """Put a snapshot in the place of a stream."""
        document = (await self._fields(asked, RESTORE)).get("snapshot")
        if type(document) is not dict or not shallow(document):
            fix = "send the snapshot as it was taken"
            raise RequestError(422, "invalid", "body.snapshot", expected="a snapshot", came="something else", fix=fix)
        return await self._done(Restore(self._stream(asked), document))

    def _stream(self, asked: Asked) -> str:
        return stream_in_path(asked.stream, self._limits)

    async def _done(self, operation: Operation) -> Answer:
        return Answer.of(await self._batcher.operate(operation))

    async def _fields(self, asked: Asked, fields: frozenset[str]) -> dict[str, Any]:
        """The body with no other fields; none at all is an empty one."""
        document = await asked.json(empty={})
        named(document, fields, "body")
        found: dict[str, Any] = document
        return found


def _limit(query: Mapping[str, str], most: int) -> int:
    """How many are asked for.

    Raises:
        RequestError: none, too many, or no number.
    """
    given = query.get("limit", str(PAGE))
    limit = int(given) if given.isascii() and given.isdigit() and len(given) <= 6 else 0  # noqa: PLR2004 - digits
    if not 0 < limit <= most:
        expected, came = f"a number from 1 to {most}", ascii(given[:60])
        raise RequestError(422, "invalid", "query, limit", expected=expected, came=came, fix="correct it")
    return limit
