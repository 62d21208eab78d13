"""What came true of a recorded prediction."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from seqloom.store import Record

Truth = Mapping[str, Any]
Key = tuple[str, int, int]
"""Stream, epoch, number of the reading."""


def key_of(record: Record) -> Key:
    """Which reading a record is of."""
    return record.stream, record.epoch, record.seq


def truth_of(record: Record, names: Sequence[str]) -> Truth:
    """What came true of a record, by target or mark: an object, or the value itself where there is one of them."""
    if record.truth is None:
        return {}
    try:
        told = orjson.loads(record.truth)
    except orjson.JSONDecodeError:
        return {}
    named = told if isinstance(told, dict) else {names[0]: told} if len(names) == 1 else {}
    return {name: named[name] for name in names if named.get(name) is not None}
