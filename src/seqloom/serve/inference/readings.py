"""Tensors as readings: a tensor for each column, readings along its first dimension."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from seqloom.live import Reading
from seqloom.serve.asked import shown
from seqloom.serve.inference.datatypes import INT64
from seqloom.serve.inference.signature import AHEAD, ANY, Signature, Slot
from seqloom.serve.inference.tensor import Tensor
from seqloom.serve.limits import Limits
from seqloom.serve.refusal import RequestError


def readings(tensors: Sequence[Tensor], signature: Signature, limits: Limits) -> list[Reading]:
    """The readings that tensors stand for.

    Args:
        tensors: of a request.
        signature: of the model.
        limits: how many readings there may be.

    Raises:
        RequestError: an input is unknown, given twice, or of another shape; or there is none of a step.
    """
    given: dict[str, Tensor] = {}
    for tensor in tensors:
        if tensor.name not in signature.inputs or tensor.name in given:
            expected = f"each of {', '.join(signature.inputs)} at most once"
            raise _wrong(f"{tensor.where}.name", expected, shown(tensor.name))
        given[tensor.name] = tensor
    steps = {name: own for name, own in given.items() if signature.inputs[name].shape[0] == ANY}
    count = _count(steps, limits)
    rows: list[dict[str, Any]] = [{} for _ in range(count)]
    ahead: list[list[dict[str, Any]]] = [[] for _ in range(count)]
    times: list[Any] = [None] * count
    for name, tensor in given.items():
        slot = signature.inputs[name]
        _must_fit(tensor, slot, count)
        if name not in steps:
            rows[0][name] = tensor.values[0]
        elif name == signature.time and signature.form.clock != "none":
            times = _times(tensor, signature)
        elif len(slot.shape) > 1:
            _put_ahead(ahead, name.removesuffix(AHEAD), tensor.values, slot.rows)
        else:
            for row, value in zip(rows, tensor.values, strict=True):
                row[name] = value
    return [Reading(*parts) for parts in zip(rows, times, ahead, strict=True)]


def _count(steps: Mapping[str, Tensor], limits: Limits) -> int:
    """How many readings there are: the first dimension of what has a value for each."""
    if not steps:
        raise _wrong("body.inputs", "an input with a value for each reading", "none")
    first = next(iter(steps.values()))
    if 0 < first.shape[0] <= limits.readings:
        return first.shape[0]
    raise _wrong(f"{first.where}.shape[0]", f"1 to {limits.readings} readings", str(first.shape[0]))


def _must_fit(tensor: Tensor, slot: Slot, count: int) -> None:
    """A shape as the signature has it; dimensions of size 1 at its end are as good as none."""
    wanted = tuple(count if size == ANY else size for size in slot.shape)
    if tensor.shape[: len(wanted)] != wanted or any(size != 1 for size in tensor.shape[len(wanted) :]):
        raise _wrong(f"{tensor.where}.shape", str(list(wanted)), shown(str(list(tensor.shape))))


def _times(tensor: Tensor, signature: Signature) -> list[Any]:
    """Times as they are read; of time stamps `INT64` are microseconds since 1970."""
    if signature.form.clock != "stamps" or tensor.datatype != INT64:
        return tensor.values
    stamps: list[Any] = np.array(tensor.values, np.int64).astype("datetime64[us]").astype(str).tolist()
    return stamps


def _put_ahead(ahead: list[list[dict[str, Any]]], name: str, values: list[Any], horizon: int) -> None:
    for place, steps in enumerate(ahead):
        if not steps:
            steps.extend({} for _ in range(horizon))
        for step, value in zip(steps, values[place * horizon : (place + 1) * horizon], strict=True):
            step[name] = value


def _wrong(where: str, expected: str, came: str) -> RequestError:
    return RequestError(422, "invalid", where, expected=expected, came=came, fix="correct it")
