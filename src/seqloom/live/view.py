"""What a stream was sent and answered last, and what the model remembers of it: something to look at."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from seqloom.live.engine import Engine
from seqloom.live.operations import OfOne, Operated, standing
from seqloom.live.visit import Live
from seqloom.store import Record

MOST_CARRIED, MOST_STEPS = 4096, 200
"""Numbers of a state, and kept steps, that are shown."""


@dataclass(frozen=True)
class View(OfOne):
    """A stream to look at.

    Args:
        stream: which.
        limit: of its latest recorded readings, so many at most.
    """

    limit: int

    def operate(self, engine: Engine) -> Operated:
        """See `Operation.operate`; without records there are no readings to show, but what is remembered always is."""
        live = self.live(engine)
        readings = [_reading(record) for record in engine.recorded(self.stream, live, self.limit)]
        remembered = {"carried": _carried(live), "kept": _kept(engine, live)}
        return Operated({**standing(self.stream, live), "readings": readings, "memory": remembered})


def _reading(record: Record) -> dict[str, Any]:
    sent = orjson.loads(record.inputs)
    return {
        "seq": record.seq,
        "at": record.at,
        "time": sent.get("time"),
        "values": sent.get("values"),
        "prediction": orjson.loads(record.prediction),
        "truth": None if record.truth is None else orjson.loads(record.truth),
    }


def _carried(live: Live) -> list[float]:
    """What the network carries from step to step; of very much the beginning."""
    found: list[float] = np.round(live.memory.carried[:MOST_CARRIED].astype(np.float64), 6).tolist()
    return found


def _kept(engine: Engine, live: Live) -> dict[str, Any]:
    """The steps that are read again with the next one, by column; None where a value is missing."""
    names, numbers = engine.stepper.form.numbers, live.memory.kept.numbers[-MOST_STEPS:]
    columns = {name: _plain(column.tolist()) for name, column in zip(names, numbers.T, strict=True)}
    return {"steps": len(live.memory.kept), "columns": columns if len(numbers) else {}}


def _plain(values: list[float]) -> list[float | None]:
    return [None if math.isnan(value) else value for value in values]
