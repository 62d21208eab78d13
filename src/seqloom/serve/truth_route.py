"""Truths over HTTP: what came true after readings."""

from seqloom.serve.asked import stream_in_path
from seqloom.serve.batcher import Batcher
from seqloom.serve.exchange import Answer, Asked
from seqloom.serve.limits import Limits
from seqloom.serve.truths import truths


class TruthRoute:
    """Handler of truths: many of one stream in a call, durable together.

    Args:
        batcher: where they go.
        limits: of their sizes.
    """

    def __init__(self, batcher: Batcher, limits: Limits) -> None:
        self._batcher, self._limits = batcher, limits

    async def __call__(self, asked: Asked) -> Answer:
        """Say what came true: `{"epoch": 0, "truths": [{"seq": 0, "truth": {COLUMN: VALUE}}]}`, or only the value."""
        stream = stream_in_path(asked.stream, self._limits)
        return Answer.of(await self._batcher.operate(truths(await asked.json(), stream, self._limits)))
