"""Answers as tensors: in JSON, or as bytes behind it."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from seqloom.serve.asked import shown
from seqloom.serve.exchange import Answer, extra
from seqloom.serve.inference import binary
from seqloom.serve.inference.datatypes import BYTES, INT64
from seqloom.serve.inference.request import Request
from seqloom.serve.inference.signature import WAITING, Signature, Slot
from seqloom.serve.refusal import RequestError, status_of, told

Slots = Sequence[tuple[Slot, bool]]
"""Outputs in order, and whether each comes as bytes."""
HEADER = b"inference-header-content-length"
BINARY = b"application/octet-stream"
MISSING = {BYTES: "", INT64: 0}
"""What stands where a model says nothing; NaN for other numbers."""


def wanted(request: Request, signature: Signature) -> Slots:
    """The outputs that are asked for, in order, and whether each comes as bytes.

    Raises:
        RequestError: there is no such output.
    """
    if request.outputs is None:
        return [(slot, request.binary) for slot in signature.outputs.values()]
    for place, name in enumerate(request.outputs):
        if name not in signature.outputs:
            where, expected = f"body.outputs[{place}].name", f"one of {', '.join(signature.outputs)}"
            raise RequestError(422, "invalid", where, expected=expected, came=shown(name), fix="correct it")
    return [(signature.outputs[name], as_bytes) for name, as_bytes in request.outputs.items()]


def answered(head: Mapping[str, Any], answers: Sequence[Mapping[str, Any]], slots: Slots) -> Answer:
    """The answer to a request.

    Args:
        head: what it has besides tensors.
        answers: to each reading, along the first dimension of every output.
        slots: the outputs, and whether each comes as bytes.
    """
    outputs, parts = [], []
    for slot, as_bytes in slots:
        values = [value for answer in answers for value in _values(answer, slot)]
        described: dict[str, Any] = {"name": slot.name, "datatype": slot.datatype}
        described["shape"] = [len(answers), *slot.shape[1:]]
        if as_bytes:
            parts.append(binary.written(values, slot.datatype))
            described["parameters"] = {"binary_data_size": len(parts[-1])}
        else:
            described["data"] = values
        outputs.append(described)
    document = orjson.dumps({**head, "outputs": outputs})
    if not parts:
        return Answer(document)
    return Answer(b"".join([document, *parts]), kind=BINARY, headers=[(HEADER, b"%d" % len(document))])


def refused(error: Exception, **more: int) -> Answer:
    """An error as the protocol has it, a sentence, with its parts beside it.

    Args:
        error: what is wrong.
        **more: numbers a client has to know besides.
    """
    logged = Answer.refused(error)
    status, code = status_of(error)
    parts = told(error)
    sentence = f"{parts['where']}: expected {parts['expected']}, came {parts['came']}; {parts['fix']}"
    return Answer(orjson.dumps({"error": sentence, **parts, **more}), logged.status, headers=extra(status, code))


def _values(answer: Mapping[str, Any], slot: Slot) -> list[Any]:
    """The values of an output in one answer."""
    if slot.name == WAITING and slot.datatype == INT64:
        return [answer.get(WAITING, 0) if len(answer) == 1 else 0]
    value = answer.get(slot.name)
    row = value if type(value) is list else [value] * slot.rows
    return [MISSING.get(slot.datatype, float("nan")) if one is None else one for one in row]
