"""Truths over HTTP: what came true after readings."""

from typing import Any

import orjson

from seqloom.live import Tell
from seqloom.serve.asked import listed, named, shown, stream_in_path, whole
from seqloom.serve.batcher import Batcher
from seqloom.serve.exchange import Answer, Asked
from seqloom.serve.limits import Limits
from seqloom.serve.refusal import RequestError

BODY, TRUTH = frozenset({"epoch", "truths"}), frozenset({"seq", "truth"})
PLAIN = (str, int, float, bool, type(None))


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
        document = await asked.json()
        named(document, BODY, "body")
        epoch = document.get("epoch")
        if epoch is not None:
            whole(epoch, "body.epoch")
        rows = listed(document.get("truths"), "body.truths", self._limits.readings)
        truths = dict(self._truth(row, f"body.truths[{place}]") for place, row in enumerate(rows))
        return Answer.of(await self._batcher.operate(Tell(stream, epoch, truths)))

    def _truth(self, row: Any, where: str) -> tuple[int, bytes]:  # noqa: ANN401 - whatever a client sends
        named(row, TRUTH, where)
        seq = row.get("seq")
        whole(seq, f"{where}.seq")
        truth = row.get("truth")
        values = list(truth.values()) if type(truth) is dict else [truth]
        if truth is None or not all(self._is_plain(value) for value in values):
            expected, fix = "a value, or an object with the values of columns", "correct it"
            raise RequestError(422, "invalid", f"{where}.truth", expected=expected, came=shown(truth), fix=fix)
        return seq, orjson.dumps(truth)

    def _is_plain(self, value: Any) -> bool:  # noqa: ANN401 - whatever a client sends
        return type(value) in PLAIN and (type(value) is not str or len(value) <= self._limits.text)
