"""JSON that can be trusted to be small, shallow, finite and unambiguous."""

import json
import math
from collections import Counter
from typing import NoReturn

from pydantic import JsonValue

from seqloom.artifact.refusal import refusal, shown

JSON = JsonValue
"""Whatever a JSON document can hold: null, bool, number, string, list, object."""

DEEPEST = 32
MOST_VALUES = 500_000

_PLAIN = bytes(set(range(256)) - set(b'[]{},"'))
_LEAVE_OUT = "leave the value out or replace it before saving"
_SQUARE = bytes.maketrans(b"{}", b"[]")


class _NotAllowedError(Exception):
    """Something JSON's grammar lets through and this format does not."""

    def __init__(self, expected: str, came: str) -> None:
        super().__init__(came)
        self.expected = expected
        self.came = came


def parse(raw: bytes, where: str) -> JSON:
    """The document these bytes spell, read after its depth and its number of values were counted.

    Args:
        raw: the document in UTF-8.
        where: artifact and member, for messages.

    Raises:
        ArtifactError: the document is too deep, has too many values, is not JSON or not UTF-8, has a key twice in one
            object, or a number that is not finite.
    """
    try:
        _check_structure(raw)
        value: JSON = json.loads(raw.decode(), parse_constant=_constant, parse_float=_real, object_pairs_hook=_object)
        if b"\\u" in raw:
            json.dumps(value, ensure_ascii=False).encode()  # half of a surrogate pair cannot be encoded
    except _NotAllowedError as error:
        raise refusal(where, expected=error.expected, came=error.came) from error
    except UnicodeError as error:
        raise refusal(where, expected="text in UTF-8", came=shown(str(error))) from error
    except ValueError as error:  # json's own refusals, and integers of too many digits
        raise refusal(where, expected="a JSON document", came=f"text that is not JSON: {shown(str(error))}") from error
    return value


def write(value: JSON, where: str, *, indent: int | None = 1) -> bytes:
    """A document as bytes that depend on nothing but its value: sorted keys, UTF-8, a newline at the end.

    Args:
        value: what to write.
        where: artifact and member, for messages.
        indent: spaces per level; None for one line.

    Raises:
        ArtifactError: the value holds something JSON has no way to say, NaN for instance, or `parse` would refuse it.
    """
    separators = (",", ": ") if indent else (",", ":")
    try:
        text = json.dumps(
            value, sort_keys=True, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators
        )
        raw = f"{text}\n".encode()
        _check_structure(raw)
    except _NotAllowedError as error:
        raise refusal(where, expected=error.expected, came=error.came, fix=_LEAVE_OUT) from error
    except (TypeError, ValueError) as error:
        raise refusal(where, expected="values JSON can hold", came=shown(str(error)), fix=_LEAVE_OUT) from error
    return raw


def _check_structure(raw: bytes) -> None:
    """Count values and levels on the bare brackets and commas, before anything is built from them."""
    unescaped = raw.replace(b"\\\\", b"").replace(b'\\"', b"")
    marks = unescaped.translate(_SQUARE, delete=_PLAIN)
    strings = marks.count(b'"') // 2
    if strings > 2 * MOST_VALUES:  # a key and a value each
        raise _NotAllowedError(f"at most about {MOST_VALUES} values", f"{strings} strings")
    structure = b"".join(marks.split(b'"')[::2])  # what stands outside of strings
    if len(structure) > 2 * MOST_VALUES:  # a comma for each value, or a pair of brackets
        raise _NotAllowedError(f"at most about {MOST_VALUES} values", f"{len(structure)} brackets and commas")
    brackets = structure.replace(b",", b"")
    for _ in range(DEEPEST):  # each pass takes away the innermost level
        brackets = brackets.replace(b"[]", b"")
    if brackets:
        raise _NotAllowedError(f"brackets in pairs, at most {DEEPEST} deep", "brackets unpaired or nested too deep")


def _constant(name: str) -> NoReturn:
    raise _NotAllowedError("numbers JSON knows", f"the constant {name}")


def _real(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise _NotAllowedError("finite numbers", f"{shown(text)}, which is not finite")
    return value


def _object(items: list[tuple[str, JSON]]) -> JSON:
    value = dict(items)
    if len(value) < len(items):
        name, _ = Counter(name for name, _ in items).most_common(1)[0]
        raise _NotAllowedError("each key once in an object", f"the key {shown(name)} twice")
    return value
