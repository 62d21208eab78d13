"""Readings over HTTP: of one stream, of many, and of whole sequences."""

from asyncio import Future, wait
from typing import Any

from seqloom.errors import SeqloomError
from seqloom.live import Reply
from seqloom.serve.asked import CALL, answer, call, listed, named, stream_in_path, stream_name
from seqloom.serve.batcher import Batcher, outcome
from seqloom.serve.exchange import Answer, Asked, extra
from seqloom.serve.limits import Limits
from seqloom.serve.refusal import retries, status_of, told

MANY = frozenset({"streams"})
ONE_OF_MANY = CALL | {"stream"}


class ReadingRoutes:
    """Handlers of readings.

    Args:
        batcher: where calls go.
        limits: of their sizes.
    """

    def __init__(self, batcher: Batcher, limits: Limits) -> None:
        self._batcher, self._limits = batcher, limits

    async def one(self, asked: Asked) -> Answer:
        """Readings of one stream; where one of them is wrong, those before it are acknowledged."""
        self._batcher.admit()
        stream = stream_in_path(asked.stream, self._limits)
        return answered(await self._batcher.submit(call(await asked.json(), stream, self._limits)))

    async def many(self, asked: Asked) -> Answer:
        """Readings of many streams, each with an answer of its own; a failure of one is told in its place."""
        self._batcher.admit()
        document = await asked.json()
        named(document, MANY, "body")
        rows = listed(document.get("streams"), "body.streams", self._limits.streams)
        waiting = [self._put(row, f"body.streams[{place}]") for place, row in enumerate(rows)]
        taken = [one for one in waiting if isinstance(one, Future)]
        if taken:
            await wait(taken)
        came = map(outcome, taken)
        found = [next(came) if isinstance(one, Future) else one for one in waiting]
        errors = [one.error if isinstance(one, Reply) else one for one in found]
        verdicts = {(200, "") if error is None else status_of(error) for error in errors}
        together = Answer.of({"streams": [_part(row, one) for row, one in zip(rows, found, strict=True)]})
        if len(verdicts) == 1 and retries(*(verdict := verdicts.pop())):
            return Answer(together.body, verdict[0], headers=extra(*verdict))
        return together

    def _put(self, row: Any, where: str) -> Future[Reply] | SeqloomError:  # noqa: ANN401 - a client's
        """A call under way, or why it is not."""
        try:
            named(row, ONE_OF_MANY, where)
            stream = stream_name(row.get("stream"), self._limits, f"{where}.stream")
            return self._batcher.put(call(row, stream, self._limits, where, ONE_OF_MANY))
        except SeqloomError as error:
            return error


def answered(reply: Reply) -> Answer:
    """What a call is answered with: its predictions, and what is wrong with the reading after these."""
    if reply.error is None:
        return Answer.of(answer(reply))
    status, code = status_of(reply.error)
    return Answer.of(answer(reply), status, extra(status, code))


def _part(row: Any, found: Reply | Exception) -> dict[str, Any]:  # noqa: ANN401 - a client's
    if isinstance(found, Reply):
        return answer(found)
    stream = row.get("stream") if type(row) is dict else None
    return {"stream": stream if type(stream) is str else None, "error": told(found)}
