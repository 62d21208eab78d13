"""How far a reading lies from what was forecast: the anomaly score of a stream."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from seqloom.live.answers import Answer
from seqloom.live.reading import Reading
from seqloom.live.stepper import Stretch

ENDING = "_anomaly"
SMALLEST = 1e-12
"""Of an interval, relative to its forecast: below it there is none to speak of."""


def scored(
    stretch: Stretch, readings: Sequence[Reading], targets: Sequence[str], before: Answer | None
) -> list[Answer]:
    """The answers of a forecaster, each with the anomaly of its own reading.

    The score of a target is its distance from the value that the answer before had forecast for this step, in units of
    the distance between that value and the border of its interval on the same side: 0 is as forecast, 1 on the border,
    more is outside. None where the value is missing, or of another time than the one forecast. An answer has no score
    where nothing was forecast before it, or without an interval.

    Args:
        stretch: how far the stream came.
        readings: that it read.
        targets: names of the targets.
        before: the answer before these; None: there is none.
    """
    found = []
    for answer, reading, time in zip(stretch.answers, readings, stretch.times, strict=False):
        scores = {} if before is None else {name + ENDING: _score(before, name, reading, time) for name in targets}
        found.append({**answer, **{name: score for name, score in scores.items() if score is not _NOTHING}})
        before = answer
    return found


_NOTHING = object()


def _score(before: Answer, target: str, reading: Reading, time: float) -> Any:  # noqa: ANN401 - a number, None, or nothing
    """The score of one target; `_NOTHING` where none can be said."""
    borders = [name for name in before if name.startswith(f"{target}_q") and name[len(target) + 2 :].isdigit()]
    forecast = _first(before.get(target))
    if not borders or forecast is None:
        return _NOTHING
    value, at = reading.values.get(target), _first(before.get("time"))
    if value is None or (isinstance(at, str) and np.datetime64(at, "us").astype(np.int64) != time):
        return None
    border = _first(before[max(borders) if value > forecast else min(borders)])
    width = abs(border - forecast)
    return None if width <= SMALLEST * (1 + abs(forecast)) else abs(float(value) - forecast) / width


def _first(values: Any) -> Any:  # noqa: ANN401 - one step ahead is a value, several are a list
    """Of the next step."""
    return values[0] if isinstance(values, list) else values
