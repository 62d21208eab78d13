"""One step of a live stream, as it comes."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from seqloom.store import LARGEST


class Reading(NamedTuple):
    """One step, as it comes.

    Args:
        values: of the columns, by name: numbers, texts, or None where there is no value. Columns with one value per
            stream are given with its first reading; later ones may leave them out.
        time: when it was read: a time stamp (ISO 8601, or a `datetime`), or a number, as in training.
        ahead: the columns known ahead of the steps that follow, one mapping for each.
    """

    values: Mapping[str, Any]
    time: Any = None
    ahead: Sequence[Mapping[str, Any]] = ()


def moment(time: float) -> int | None:
    """A time as a session keeps it: whole microseconds, or a number rounded down to 64 bits; None for NaN."""
    if -LARGEST < time < LARGEST:
        return math.floor(time)
    return None if math.isnan(time) else LARGEST if time > 0 else -LARGEST
