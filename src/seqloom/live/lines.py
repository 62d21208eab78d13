"""Streams on a pipe: a line of JSON for each reading, and one for each answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from seqloom.errors import DataError, SeqloomError
from seqloom.live.call import Call, Reply
from seqloom.live.reading import Reading

KEYS = ("stream", "seq", "epoch", "time", "values", "ahead")
LONGEST = 1 << 20
"""Bytes of a line, at most."""


@dataclass(frozen=True)
class Line:
    """A line that was read.

    Args:
        number: its number, from 1 on.
        stream: the stream it names; None where it cannot be read.
        call: its reading, a call by itself; None where it cannot be read.
        error: why not.
    """

    number: int
    stream: str | None = None
    call: Call | None = None
    error: SeqloomError | None = None


def parse(raw: bytes, number: int) -> Line:
    """A line as a call of one reading, or what is wrong with it.

    Args:
        raw: the line.
        number: its number, for messages.
    """
    try:
        return _parsed(raw, number)
    except SeqloomError as error:
        return Line(number, error=error)


def answered(found: Sequence[Line], read: Callable[[Sequence[Call]], Sequence[Reply]]) -> list[bytes]:
    """What is answered to lines, a line for each, in their order.

    Lines of one stream that follow each other are one call, and the calls of all streams are read together. What comes
    after a line that could not be used is read in a further round.

    Args:
        found: the lines.
        read: reads calls of different streams.
    """
    told = {line.number: _written(line, line.error) for line in found if line.call is None}
    waiting = [line for line in found if line.call is not None]
    while waiting:
        parts = _parts(waiting)
        replies = read([_joined(part) for part in parts])
        for part, reply in zip(parts, replies, strict=True):
            read_now = part[: len(reply.answers)]
            for line, (seq, answer) in zip(read_now, reply.answers, strict=True):
                told[line.number] = _written(line, None, seq=seq, prediction=answer)
            if reply.error is not None:
                line = part[len(read_now)]
                told[line.number] = _written(line, reply.error, expected=reply.acknowledged, epoch=reply.epoch)
        waiting = [line for line in waiting if line.number not in told]
    return [told[line.number] for line in found]


def _parts(waiting: Sequence[Line]) -> list[list[Line]]:
    """For each stream its first lines, as far as they follow each other."""
    parts: dict[str | None, list[Line]] = {}
    ended: set[str | None] = set()
    for line in waiting:
        part = parts.setdefault(line.stream, [])
        if line.stream in ended or (part and not _follows(part[-1], line)):
            ended.add(line.stream)
        else:
            part.append(line)
    return list(parts.values())


def _follows(before: Line, line: Line) -> bool:
    """Whether a line's reading is the one after another line's, by their numbers or because neither has one."""
    if before.call is None or line.call is None or before.call.epoch != line.call.epoch:
        return False
    if before.call.seq is None or line.call.seq is None:
        return before.call.seq is line.call.seq
    return line.call.seq == before.call.seq + 1


def _joined(part: Sequence[Line]) -> Call:
    """One call of several lines."""
    calls = [line.call for line in part if line.call is not None]
    return calls[0]._replace(readings=[reading for call in calls for reading in call.readings])


def _written(line: Line, error: SeqloomError | None, **told: Any) -> bytes:  # noqa: ANN401 - what JSON holds
    named: dict[str, Any] = {"line": line.number} if line.stream is None else {"stream": line.stream}
    problem = {} if error is None else {"error": str(error)}
    return orjson.dumps(named | told | problem, option=orjson.OPT_APPEND_NEWLINE)


def _parsed(raw: bytes, number: int) -> Line:
    where = f"line {number}"
    if len(raw) > LONGEST:
        raise DataError(where, expected=f"at most {LONGEST} bytes", came=str(len(raw)), fix="send shorter lines")
    try:
        found = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        fix = 'write {"stream": NAME, "values": {COLUMN: VALUE}}'
        raise DataError(where, expected="a JSON object", came=str(error), fix=fix) from None
    if not isinstance(found, dict):
        fix = 'write {"stream": NAME, "values": {COLUMN: VALUE}}'
        raise DataError(where, expected="a JSON object", came=type(found).__name__, fix=fix)
    for name in found.keys() - set(KEYS):
        raise DataError(where, expected=f"one of {', '.join(KEYS)}", came=repr(name), fix="leave it out")
    stream = found.get("stream", "stream")
    if not isinstance(stream, str):
        raise DataError(f"{where}, stream", expected="a text", came=repr(stream), fix="correct it")
    seq, epoch = (_whole(found.get(name), f"{where}, {name}") for name in ("seq", "epoch"))
    reading = reading_of(found, where)
    return Line(number, stream, Call(stream, [reading], seq, epoch))


def reading_of(found: Mapping[str, Any], where: str) -> Reading:
    """The reading that a JSON object holds: `values`, `time`, `ahead`.

    Raises:
        DataError: it holds none.
    """
    values, ahead = found.get("values"), found.get("ahead") or []
    if not isinstance(values, dict):
        came = "none" if values is None else type(values).__name__
        raise DataError(f"{where}, values", expected="an object of columns", came=came, fix="give {COLUMN: VALUE}")
    if not isinstance(ahead, list) or not all(isinstance(own, dict) for own in ahead):
        fix = "give [{COLUMN: VALUE}, …], one for each step"
        raise DataError(f"{where}, ahead", expected="a list of objects", came=type(ahead).__name__, fix=fix)
    return Reading(values, found.get("time"), ahead)


def _whole(value: Any, where: str) -> int | None:  # noqa: ANN401 - what JSON holds
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise DataError(where, expected="a whole number from 0 on", came=repr(value), fix="correct it")
    return value
