"""Whole sequences over HTTP: sent, answered, and forgotten."""

from typing import Any

from seqloom.errors import SeqloomError
from seqloom.live import Reading, Whole
from seqloom.serve.asked import call, listed, named, stream_name
from seqloom.serve.batcher import Batcher
from seqloom.serve.exchange import Answer, Asked
from seqloom.serve.limits import Limits
from seqloom.serve.refusal import told

BODY, SEQUENCE = frozenset({"sequences"}), frozenset({"name", "readings"})


class PredictRoute:
    """The handler of whole sequences.

    Args:
        batcher: where they are read.
        limits: of their sizes.
    """

    def __init__(self, batcher: Batcher, limits: Limits) -> None:
        self._batcher, self._limits = batcher, limits

    async def __call__(self, asked: Asked) -> Answer:
        """One prediction for each sequence, what follows its last reading; or what is wrong with it, in its place."""
        document = await asked.json()
        named(document, BODY, "body")
        rows = listed(document.get("sequences"), "body.sequences", self._limits.streams)
        sequences = [self._sequence(row, place) for place, row in enumerate(rows)]
        found = (await self._batcher.operate(Whole(sequences)))["sequences"]
        return Answer.of({"sequences": [_part(*pair) for pair in zip(sequences, found, strict=True)]})

    def _sequence(self, row: Any, place: int) -> tuple[str, list[Reading]]:  # noqa: ANN401 - a client's
        where = f"body.sequences[{place}]"
        named(row, SEQUENCE, where)
        name = stream_name(row.get("name", str(place)), self._limits, f"{where}.name")
        return name, list(call({"readings": row.get("readings")}, name, self._limits, where).readings)


def _part(sequence: tuple[str, list[Reading]], found: Any) -> dict[str, Any]:  # noqa: ANN401 - an answer or an error
    name, readings = sequence
    if isinstance(found, SeqloomError):
        return {"name": name, "error": told(found)}
    return {"name": name, "readings": len(readings), "prediction": found}
