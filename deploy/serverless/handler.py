"""Stateless predictions as a function: whole sequences in, what follows their last readings out.

For services that call `handler(event, context)`, such as AWS Lambda behind an HTTP address. SEQLOOM_MODEL names the
artifact or the registry; it is loaded once, when the first event comes.
"""

import base64
import binascii
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

import orjson

from seqloom.artifact import load
from seqloom.errors import DataError, InputError, SeqloomError
from seqloom.live import Reading, Stepper
from seqloom.live.lines import reading_of
from seqloom.live.whole import read

MODEL = "SEQLOOM_MODEL"
MOST, LARGEST = 256, 1 << 20
"""Sequences of an event, and bytes of its body, at most."""
HEADERS = {"content-type": "application/json"}


def handler(event: Mapping[str, Any], context: object = None) -> dict[str, Any]:  # noqa: ARG001 - the caller gives it
    """Answer one event.

    Args:
        event: with a `body`, JSON as `POST /v1/predict` of a server takes it: `{"sequences": [{"readings": [{"values":
            {COLUMN: VALUE}, "time": …}]}]}`; `isBase64Encoded` says whether it is in base64.
        context: of the service; not used.

    Returns:
        `statusCode`, `headers` and `body`: a prediction for each sequence, or what is wrong with it in its place.
    """
    try:
        sequences = _sequences(_document(event))
    except InputError as error:
        return _answer(400, {"error": str(error)})
    try:
        found = read(_stepper(os.environ[MODEL]), sequences)
    except KeyError:
        return _answer(500, {"error": f"{MODEL} does not name a model"})
    except SeqloomError:  # what is wrong with the model is none of the client's business
        return _answer(500, {"error": "the model cannot be used"})
    told = [{"error": str(one)} if isinstance(one, InputError) else {"prediction": one.answer} for one in found]
    rows = [{"name": name, **one} for (name, _), one in zip(sequences, told, strict=True)]
    return _answer(200, {"sequences": rows})


@cache
def _stepper(path: str) -> Stepper:
    return Stepper(load(path))


def _document(event: Mapping[str, Any]) -> dict[str, Any]:
    body = event.get("body") or ""
    raw = body.encode() if isinstance(body, str) else b""
    try:
        raw = base64.b64decode(raw, validate=True) if event.get("isBase64Encoded") else raw
        found = orjson.loads(raw) if len(raw) <= LARGEST else None
    except (binascii.Error, orjson.JSONDecodeError) as error:
        raise DataError("body", expected="JSON", came=str(error), fix="correct it") from error
    if not isinstance(found, dict):
        raise DataError(
            "body", expected=f"an object of at most {LARGEST} bytes", came="another thing", fix="correct it"
        )
    return found


def _sequences(document: Mapping[str, Any]) -> list[tuple[str, list[Reading]]]:
    rows = document.get("sequences")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST:
        came, fix = "none" if rows is None else "another thing", "send fewer, or more than none"
        raise DataError("body.sequences", expected=f"a list of 1 to {MOST} sequences", came=came, fix=fix)
    return [_sequence(row, f"body.sequences[{place}]", str(place)) for place, row in enumerate(rows)]


def _sequence(row: Any, where: str, name: str) -> tuple[str, list[Reading]]:  # noqa: ANN401 - a client's
    readings = row.get("readings") if isinstance(row, dict) else None
    if not isinstance(readings, list) or not readings or not all(isinstance(own, dict) for own in readings):
        fix = "give them as objects with values"
        raise DataError(f"{where}.readings", expected="a list of readings", came="none, or another thing", fix=fix)
    named = row.get("name", name)
    if not isinstance(named, str):
        raise DataError(f"{where}.name", expected="a text", came=type(named).__name__, fix="correct it")
    return named, [reading_of(own, f"{where}.readings[{place}]") for place, own in enumerate(readings)]


def _answer(status: int, document: Mapping[str, Any]) -> dict[str, Any]:
    return {"statusCode": status, "headers": dict(HEADERS), "body": orjson.dumps(document).decode()}
