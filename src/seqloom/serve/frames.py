"""Frames of a WebSocket, calls and truths: JSON as text, msgpack as bytes; an answer comes back in the same."""

from dataclasses import dataclass
from typing import Any

import msgpack
import orjson

from seqloom.errors import SeqloomError
from seqloom.live import Call, Reply, Tell
from seqloom.serve.asked import CALL, answer, call, named, shallow, shown, stream_name
from seqloom.serve.joint import Told
from seqloom.serve.limits import Limits
from seqloom.serve.refusal import RequestError, status_of, told
from seqloom.serve.truths import TRUTHS, truths

ABOUT = frozenset({"id", "stream"})
OK = 200
MARK = 1024
"""Characters of an `id` at most, where it is a text."""


@dataclass(frozen=True)
class Frame:
    """What came, or what is wrong with it.

    Args:
        packed: whether it was bytes.
        mark: its `id`, which the answer has too.
        asked: the call, or truths.
    """

    packed: bool
    mark: Any
    asked: Call | Tell | SeqloomError


def opened(message: str | bytes, limits: Limits) -> Frame:
    """The frame that a message stands for; what is none is answered, too."""
    packed, mark = isinstance(message, bytes), None
    try:
        document = _unpacked(message) if isinstance(message, bytes) else _parsed(message, limits)
        tells = type(document) is dict and "truths" in document
        named(document, ABOUT | (TRUTHS if tells else CALL), "frame")
        if not _may_come_back(document.get("id")):
            expected, fix = f"at most {MARK} characters, or what is not nested deeply", "shorten it"
            raise RequestError(422, "invalid", "frame.id", expected=expected, came=shown(document["id"]), fix=fix)
        mark = document.pop("id", None)
        stream = stream_name(document.pop("stream", None), limits, "frame.stream")
        return Frame(packed, mark, (truths if tells else call)(document, stream, limits, "frame"))
    except SeqloomError as error:
        return Frame(packed, mark, error)


def closed(frame: Frame, found: Told) -> dict[str, Any]:
    """The message of ASGI that answers a frame."""
    document = {"id": frame.mark}
    if isinstance(found, Exception):
        document |= {"error": told(found)}
    else:
        document |= answer(found) if isinstance(found, Reply) else found
    if frame.packed:
        return {"type": "websocket.send", "bytes": msgpack.packb(document)}
    return {"type": "websocket.send", "text": orjson.dumps(document).decode()}


def status(found: Told) -> int:
    """That of HTTP which the same would be answered with."""
    error = found if isinstance(found, Exception) else getattr(found, "error", None)
    return OK if error is None else status_of(error)[0]


def _parsed(message: str, limits: Limits) -> Any:  # noqa: ANN401 - whatever JSON has
    try:
        raw = message.encode()
        if len(raw) > limits.body:
            expected, came = f"at most {limits.body} bytes", str(len(raw))
            raise RequestError(413, "too-large", "frame", expected=expected, came=came, fix="send several")
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        where, came = f"frame, line {error.lineno}, column {error.colno}", error.msg.split(":", 1)[0]
        raise RequestError(400, "json", where, expected="a JSON document", came=came, fix="correct it") from error


def _unpacked(message: bytes) -> Any:  # noqa: ANN401 - whatever msgpack has
    try:
        return msgpack.unpackb(message)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        came, fix = type(error).__name__, "correct it"
        raise RequestError(400, "msgpack", "frame", expected="a msgpack document", came=came, fix=fix) from error


def _may_come_back(mark: Any) -> bool:  # noqa: ANN401 - whatever a client sends
    """Whether the answer can have it, too."""
    return len(mark) <= MARK if isinstance(mark, str | bytes) else shallow(mark)
