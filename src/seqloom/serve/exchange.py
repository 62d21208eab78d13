"""A request as handlers see it, and what they answer."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson

from seqloom.serve.limits import Limits
from seqloom.serve.refusal import RETRY_SECONDS, RequestError, retries, status_of, told

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
JSON = b"application/json"
SERVER_ERROR = 500
log = logging.getLogger(__name__)


class GoneError(Exception):
    """The client left before its request was complete."""


@dataclass(frozen=True)
class Answer:
    """What is sent back.

    Args:
        body: the bytes.
        status: of HTTP.
        kind: the content type.
        headers: others.
    """

    body: bytes
    status: int = 200
    kind: bytes = JSON
    headers: Iterable[tuple[bytes, bytes]] = ()

    @classmethod
    def of(
        cls,
        document: Any,  # noqa: ANN401 - whatever JSON has
        status: int = 200,
        headers: Iterable[tuple[bytes, bytes]] = (),
    ) -> "Answer":
        """A JSON document."""
        return cls(orjson.dumps(document), status, headers=headers)

    @classmethod
    def refused(cls, error: Exception) -> "Answer":
        """What an error is answered with."""
        status, code = status_of(error)
        if status >= SERVER_ERROR and code == "internal":
            log.error("a request failed unexpectedly", exc_info=error)
        return cls(orjson.dumps({"error": told(error)}), status, headers=extra(status, code))


def extra(status: int, code: str) -> list[tuple[bytes, bytes]]:
    """Headers that go with an error."""
    found = [(b"retry-after", str(RETRY_SECONDS).encode())] if retries(status, code) else []
    if code in {"too-large", "encoding", "closing"}:
        found.append((b"connection", b"close"))  # what is left of the body is not worth reading
    if code == "unauthorized":
        found.append((b"www-authenticate", b"Bearer"))
    return found


@dataclass(frozen=True)
class Asked:
    """A request.

    Args:
        scope: of ASGI.
        receive: of ASGI.
        limits: what the server takes.
        headers: those that have a say, by their names in small letters.
        stream: the name of a stream in the path, or of a model and its version, as it stands there, percent-encoded.
    """

    scope: Scope
    receive: Receive
    limits: Limits
    headers: Mapping[bytes, bytes] = field(default_factory=dict)
    stream: str = ""

    def query(self, fields: frozenset[str]) -> dict[str, str]:
        """The query, each field at most once.

        Raises:
            RequestError: it has others.
        """
        raw = self.scope.get("query_string", b"")
        try:
            pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, max_num_fields=10, errors="strict")
        except ValueError as error:
            raise _invalid_query("fields and values, percent-encoded UTF-8", "something else") from error
        found: dict[str, str] = {}
        for name, value in pairs:
            if name not in fields or name in found:
                raise _invalid_query(f"each of {', '.join(sorted(fields))} at most once", ascii(name[:60]))
            found[name] = value
        return found

    async def json(self, *, empty: Any = None) -> Any:  # noqa: ANN401 - whatever JSON has
        """The body, a JSON document.

        Args:
            empty: what no body at all stands for; None: it is refused.

        Raises:
            RequestError: it is too large, of another type, or no JSON.
        """
        kind = self.headers.get(b"content-type", JSON)
        if kind != JSON and kind.split(b";", 1)[0].strip().lower() != JSON:
            expected, came = "application/json", ascii(kind[:60].decode("latin-1"))
            raise RequestError(415, "media-type", "header content-type", expected=expected, came=came, fix="send JSON")
        raw = await self.body()
        return empty if not raw and empty is not None else parsed(raw)

    async def body(self) -> bytes:
        """The bytes that were sent, at most as many as the server takes.

        Raises:
            RequestError: they are more, or packed.
            GoneError: they stopped coming.
        """
        most, announced = self.limits.body, self.headers.get(b"content-length")
        if announced is not None and announced.isdigit() and int(announced[:20]) > most:
            raise _too_large(most, f"{announced[:20].decode()} bytes")
        if self.headers.get(b"content-encoding", b"identity").lower() != b"identity":
            fix = "send it unpacked"
            raise RequestError(415, "encoding", "header content-encoding", expected="none", came="another one", fix=fix)
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise GoneError
            parts.append(message.get("body", b""))
            size, more = size + len(parts[-1]), message.get("more_body", False)
            if size > most:
                raise _too_large(most, "more")
        return parts[0] if len(parts) == 1 else b"".join(parts)


def parsed(raw: bytes) -> Any:  # noqa: ANN401 - whatever JSON has
    """A body, parsed.

    Raises:
        RequestError: it is no JSON, or lists and objects stand in each other more than 1024 deep.
    """
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        where = f"body, line {error.lineno}, column {error.colno}"
        came = error.msg.split(":", 1)[0]
        raise RequestError(400, "json", where, expected="a JSON document", came=came, fix="correct it") from error


def _too_large(most: int, came: str) -> RequestError:
    fix = "send it in several requests"
    return RequestError(413, "too-large", "body", expected=f"at most {most} bytes", came=came, fix=fix)


def _invalid_query(expected: str, came: str) -> RequestError:
    return RequestError(422, "invalid", "query", expected=expected, came=came, fix="correct the address")
