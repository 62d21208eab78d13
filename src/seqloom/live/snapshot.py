"""A session as a JSON document, to be kept elsewhere and put back."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from seqloom.errors import DataError, ModelChangedError
from seqloom.store import LARGEST, Session

FORMAT = 1
FIELDS = {"format": int, "stream": str, "epoch": int, "seq": int, "digest": str, "memory": str, "answers": list}
"""What each document has, besides `time`, a whole number or null, and `checksum`."""


def taken(session: Session) -> dict[str, Any]:
    """The document of a session; its checksum is the SHA-256 of all other fields as JSON with sorted names."""
    document = {
        "format": FORMAT,
        "stream": session.stream,
        "epoch": session.epoch,
        "seq": session.seq,
        "digest": session.digest,
        "memory": base64.b64encode(session.memory).decode(),
        "answers": orjson.loads(session.answers),
        "time": session.time,
    }
    return document | {"checksum": _checksum(document)}


def opened(document: Mapping[str, Any], digest: str) -> Session:
    """The session of a document.

    Args:
        document: what `taken` made.
        digest: of the model that is to go on with it.

    Raises:
        DataError: it was changed, or is no such document; the message names the field.
        ModelChangedError: it was taken of another model.

    Example:
        >>> session = Session("a", 0, 1, "d", b"memory", b"[]", None)
        >>> opened(taken(session), "d") == session
        True
    """
    for name, kind in FIELDS.items():
        if type(document.get(name)) is not kind:
            raise _refused(name, f"a field of the type {kind.__name__}", type(document.get(name)).__name__)
    for name in ("epoch", "seq", "time"):
        number = document.get(name)
        if not (number is None and name == "time") and (type(number) is not int or abs(number) > LARGEST):
            raise _refused(name, "a whole number of 64 bits", type(number).__name__)
    if document["format"] != FORMAT or document["epoch"] < 0 or document["seq"] < 0:
        raise _refused("format, epoch or seq", f"format {FORMAT} and numbers from 0 on", "others")
    plain = {name: document[name] for name in (*FIELDS, "time")} if "time" in document else {}
    if not plain or document.get("checksum") != _checksum(plain):
        raise _refused("checksum", "the one of the other fields", "another, or a field more or less")
    if document["digest"] != digest:
        expected, came = f"one of the model {digest[:12]}", f"one of {document['digest'][:12]}"
        raise ModelChangedError("snapshot", expected=expected, came=came, fix="serve that model")
    try:
        memory = base64.b64decode(document["memory"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise _refused("memory", "base64", "something else") from error
    answers = orjson.dumps(document["answers"])
    return Session(document["stream"], document["epoch"], document["seq"], digest, memory, answers, document["time"])


def _checksum(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _refused(field: str, expected: str, came: str) -> DataError:
    return DataError(f"snapshot, {field}", expected=expected, came=came, fix="send the snapshot as it was taken")
