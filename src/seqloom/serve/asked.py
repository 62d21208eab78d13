"""Readings as clients write them: from JSON or msgpack to calls, and from replies back."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from seqloom.live import Call, Reading, Reply
from seqloom.serve.limits import Limits
from seqloom.serve.refusal import RequestError, told

CALL = frozenset({"epoch", "readings"})
READING = frozenset({"seq", "time", "values", "ahead"})
PLAIN = frozenset({str, int, float, bool, type(None)})
LARGEST = 2**63 - 1
DEEPEST = 32
LAST_CONTROL, DELETE, LAST_C1 = 0x1F, 0x7F, 0x9F


def call(
    document: Any,  # noqa: ANN401 - whatever a client sends
    stream: str,
    limits: Limits,
    where: str = "body",
    fields: frozenset[str] = CALL,
) -> Call:
    """The call that a document stands for.

    Args:
        document: `{"epoch": 0, "readings": [{"seq": 0, "time": …, "values": {…}, "ahead": […]}]}`.
        stream: which one.
        limits: of its sizes.
        where: the document's place, for messages.
        fields: that it may have.

    Raises:
        RequestError: it is none; the message names the field.
    """
    named(document, fields, where)
    epoch = document.get("epoch")
    if epoch is not None:
        whole(epoch, f"{where}.epoch")
    rows = listed(document.get("readings"), f"{where}.readings", limits.readings)
    readings = [_reading(row, limits, where, place) for place, row in enumerate(rows)]
    return Call(stream, readings, _first(rows, where), epoch)


def answer(reply: Reply) -> dict[str, Any]:
    """What a client is told of its call; the readings before a wrong one are acknowledged and answered."""
    document: dict[str, Any] = {
        "stream": reply.stream,
        "epoch": reply.epoch,
        "acknowledged": reply.acknowledged,
        "predictions": [{"seq": seq, "prediction": said} for seq, said in reply.answers],
    }
    if reply.error is not None:
        document["error"] = told(reply.error)
    return document


def stream_name(value: Any, limits: Limits, where: str) -> str:  # noqa: ANN401 - whatever a client sends
    """The name of a stream, checked.

    Raises:
        RequestError: it is empty, too long, or has control characters.
    """
    if type(value) is str and 0 < len(value) <= limits.name and value.isprintable():
        return value
    expected = f"a name of 1 to {limits.name} characters, none of them a control character"
    if type(value) is not str or not 0 < len(value) <= limits.name or any(map(_controls, value)):
        came = shown(value)
        raise RequestError(422, "invalid", where, expected=expected, came=came, fix="choose another name")
    return value


def stream_in_path(segment: str, limits: Limits) -> str:
    """The name of a stream from a segment of a path, in which it stands percent-encoded.

    Raises:
        RequestError: it is none.
    """
    try:
        name = unquote_to_bytes(segment).decode()
    except UnicodeDecodeError as error:
        fix = "percent-encode the name's UTF-8"
        raise RequestError(422, "invalid", "path, stream", expected="UTF-8", came="other bytes", fix=fix) from error
    return stream_name(name, limits, "path, stream")


def named(document: Any, fields: frozenset[str], where: str) -> None:  # noqa: ANN401 - whatever a client sends
    """Refuse what is no object, or has a field that nobody reads."""
    if type(document) is not dict:
        raise RequestError(422, "invalid", where, expected="an object", came=shown(document), fix="send an object")
    if document.keys() <= fields:
        return
    strange = next(name for name in document if name not in fields)
    expected = f"one of {', '.join(sorted(fields))}"
    raise RequestError(422, "invalid", where, expected=expected, came=f"the field {shown(strange)}", fix="leave it out")


def whole(value: Any, where: str) -> int:  # noqa: ANN401 - whatever a client sends
    """A whole number from 0 on."""
    if type(value) is int and 0 <= value <= LARGEST:
        return value
    raise RequestError(422, "invalid", where, expected="a whole number from 0 on", came=shown(value), fix="correct it")


def listed(value: Any, where: str, most: int) -> list[Any]:  # noqa: ANN401 - whatever a client sends
    """A list with 1 to `most` entries."""
    if type(value) is list and 0 < len(value) <= most:
        return value
    came = f"{len(value)} entries" if type(value) is list else shown(value)
    raise RequestError(422, "invalid", where, expected=f"a list of 1 to {most} entries", came=came, fix="correct it")


def shown(value: Any) -> str:  # noqa: ANN401 - whatever a client sends
    """A value in a message: a text or number as it is, of anything larger its kind."""
    if value is None:
        return "none"
    if type(value) is dict:
        return "an object"
    if type(value) is list:
        return "a list"
    if type(value) is bytes:
        return "bytes"
    text = ascii(value) if type(value) is str else str(value)[:100]
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - a line's share


def shallow(value: Any, most: int = DEEPEST) -> bool:  # noqa: ANN401 - whatever a client sends
    """Whether lists and objects stand in each other at most so many deep."""
    level = [value]
    for _ in range(most + 1):
        inner = [one for one in level if type(one) in (list, dict)]
        level = [part for one in inner for part in (one.values() if type(one) is dict else one)]
        if not inner:
            return True
    return False


def _reading(row: Any, limits: Limits, where: str, place: int) -> Reading:  # noqa: ANN401 - whatever a client sends
    if type(row) is not dict or not row.keys() <= READING:
        named(row, READING, f"{where}.readings[{place}]")
    values, time, ahead = row.get("values"), row.get("time"), row.get("ahead")
    _plain(values, limits, where, place)
    if time is not None and (type(time) not in PLAIN or (type(time) is str and len(time) > limits.text)):
        _refuse_value(time, limits, f"{where}.readings[{place}].time")
    if ahead is None:
        return Reading(values, time)
    for step in listed(ahead, f"{where}.readings[{place}].ahead", limits.readings):
        _plain(step, limits, f"{where}.readings[{place}].ahead", None)
    return Reading(values, time, ahead)


def _plain(values: Any, limits: Limits, where: str, place: int | None) -> None:  # noqa: ANN401 - whatever a client sends
    """Refuse values that are no numbers, texts, true, false or null."""
    if type(values) is dict:
        for name, value in values.items():
            kind = type(value)
            if kind is float or kind is int:
                continue
            if type(name) is not str or kind not in PLAIN or (kind is str and len(value) > limits.text):
                break
        else:
            return
    where = where if place is None else f"{where}.readings[{place}].values"
    if type(values) is not dict:
        expected, fix = "an object with a value for each column", "send an object"
        raise RequestError(422, "invalid", where, expected=expected, came=shown(values), fix=fix)
    for name, value in values.items():
        if type(name) is not str:
            raise RequestError(422, "invalid", where, expected="names of columns", came=shown(name), fix="correct it")
        _refuse_value(value, limits, f"{where}.{name[:60]}")


def _refuse_value(value: Any, limits: Limits, where: str) -> None:  # noqa: ANN401 - whatever a client sends
    if type(value) not in PLAIN:
        expected = "a number, a text, true, false or null"
        raise RequestError(422, "invalid", where, expected=expected, came=shown(value), fix="correct it")
    if type(value) is str and len(value) > limits.text:
        expected, came = f"at most {limits.text} characters", str(len(value))
        raise RequestError(422, "invalid", where, expected=expected, came=came, fix="shorten the text")


def _first(rows: list[Mapping[str, Any]], where: str) -> int | None:
    """The number of the first reading; those of the others have to follow it."""
    first = rows[0].get("seq")
    if first is not None:
        whole(first, f"{where}.readings[0].seq")
    for place, row in enumerate(rows):
        expected = None if first is None else first + place
        seq = row.get("seq", expected)
        if type(seq) is bool or seq != expected:
            word = "none, as before" if expected is None else str(expected)
            fix = "send readings in order"
            raise RequestError(
                422, "invalid", f"{where}.readings[{place}].seq", expected=word, came=shown(seq), fix=fix
            )
    return first


def _controls(character: str) -> bool:
    return ord(character) <= LAST_CONTROL or DELETE <= ord(character) <= LAST_C1
