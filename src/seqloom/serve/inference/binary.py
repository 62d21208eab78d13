"""Tensors as bytes: behind the JSON of a request or an answer, one after the other."""

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np

from seqloom.serve.inference.datatypes import BYTES, NUMERIC
from seqloom.serve.refusal import RequestError

PREFIX = struct.Struct("<I")
"""Bytes of the text that follows."""


def parted(body: bytes, header: bytes | None) -> tuple[bytes, bytes]:
    """A body's JSON, and the tensors behind it.

    Args:
        body: all of it.
        header: what `Inference-Header-Content-Length` says, the bytes of the JSON; None: there is nothing else.

    Raises:
        RequestError: it says none of that.
    """
    if header is None:
        return body, b""
    size = int(header) if header.isdigit() and len(header) <= len(str(len(body))) else -1
    if not 0 < size <= len(body):
        where, expected = "header inference-header-content-length", f"a number from 1 to {len(body)}"
        came = ascii(header[:20].decode("latin-1"))
        raise RequestError(400, "header", where, expected=expected, came=came, fix="send the bytes of the JSON")
    return body[:size], body[size:]


def read(raw: bytes, datatype: str, count: int, longest: int, where: str) -> list[Any]:
    """The values of a tensor.

    Args:
        raw: its bytes.
        datatype: of the tensor.
        count: how many values it has.
        longest: characters of a text at most.
        where: its place, for messages.

    Raises:
        RequestError: the bytes are more or fewer, or no text.
    """
    if datatype == BYTES:
        return _texts(raw, count, longest, where)
    kind = NUMERIC[datatype]
    if len(raw) != count * kind.itemsize:
        raise _wrong(where, f"{count * kind.itemsize} bytes, {count} of {datatype}", f"{len(raw)} bytes")
    found: list[Any] = np.frombuffer(raw, kind).tolist()
    return found


def written(values: Sequence[Any], datatype: str) -> bytes:
    """The bytes of a tensor.

    Example:
        >>> list(written(["on", "a"], "BYTES"))
        [2, 0, 0, 0, 111, 110, 1, 0, 0, 0, 97]
    """
    if datatype != BYTES:
        return np.array(values, NUMERIC[datatype]).tobytes()
    encoded = [text.encode() for text in values]
    return b"".join([part for text in encoded for part in (PREFIX.pack(len(text)), text)])


def _texts(raw: bytes, count: int, longest: int, where: str) -> list[str]:
    """Texts, each behind its length."""
    found: list[str] = []
    place = 0
    while place < len(raw) and len(found) < count:
        if place + PREFIX.size > len(raw):
            break
        start = place + PREFIX.size
        place = start + PREFIX.unpack_from(raw, place)[0]
        if place > len(raw):
            break
        try:
            found.append(raw[start:place].decode())
        except UnicodeDecodeError as error:
            raise _wrong(f"{where}, text {len(found)}", "UTF-8", "other bytes") from error
        if len(found[-1]) > longest:
            raise _wrong(f"{where}, text {len(found) - 1}", f"at most {longest} characters", str(len(found[-1])))
    if len(found) != count or place != len(raw):
        raise _wrong(where, f"{count} texts, each behind its length in 4 bytes", f"{len(raw)} bytes of something else")
    return found


def _wrong(where: str, expected: str, came: str) -> RequestError:
    return RequestError(422, "invalid", where, expected=expected, came=came, fix="correct it")
