"""A tensor that a client sends: its name, shape and values."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from seqloom.serve.asked import LARGEST, named, shown, whole
from seqloom.serve.inference import binary
from seqloom.serve.inference.datatypes import BOOL, BYTES, IN_JSON, NUMERIC
from seqloom.serve.limits import Limits
from seqloom.serve.refusal import RequestError

FIELDS, PARAMETERS = frozenset({"name", "shape", "datatype", "data", "parameters"}), frozenset({"binary_data_size"})
DIMENSIONS = 8


@dataclass(frozen=True)
class Tensor:
    """Values by their name.

    Args:
        name: of the input.
        datatype: of its values.
        shape: of them.
        values: Python's own numbers and texts, the last dimension running fastest; None where a number is missing.
        where: its place in the request, for messages.
    """

    name: str
    datatype: str
    shape: tuple[int, ...]
    values: list[Any]
    where: str

    @classmethod
    def of(cls, document: Any, raw: bytes, limits: Limits, where: str) -> tuple["Tensor", bytes]:  # noqa: ANN401 - a client's
        """The tensor that a document stands for, and what is left of the bytes behind the JSON.

        Raises:
            RequestError: it is none; the message names the field.
        """
        named(document, FIELDS, where)
        name, datatype = document.get("name"), document.get("datatype")
        if type(name) is not str:
            raise _wrong(f"{where}.name", "the name of an input", shown(name))
        if type(datatype) is not str or datatype not in IN_JSON:
            raise _wrong(f"{where}.datatype", f"one of {', '.join(IN_JSON)}", shown(datatype))
        shape = _shape(document.get("shape"), f"{where}.shape")
        count, parameters = math.prod(shape), document.get("parameters", {})
        named(parameters, PARAMETERS, f"{where}.parameters")
        if "binary_data_size" not in parameters:
            values = _values(document.get("data"), datatype, shape, limits, f"{where}.data")
            return cls(name, datatype, shape, values, where), raw
        size = whole(parameters["binary_data_size"], f"{where}.parameters.binary_data_size")
        if "data" in document or size > len(raw):
            expected = f"{size} bytes behind the JSON, and no data in it"
            raise _wrong(where, expected, "data" if "data" in document else f"{len(raw)} bytes")
        values = binary.read(raw[:size], datatype, count, limits.text, f"{where}, bytes")
        return cls(name, datatype, shape, values, where), raw[size:]


def _shape(value: Any, where: str) -> tuple[int, ...]:  # noqa: ANN401 - a client's
    """Sizes of up to eight dimensions, whose product is no larger than a number of 64 bits."""
    if type(value) is not list or not 0 < len(value) <= DIMENSIONS:
        raise _wrong(where, f"a list of 1 to {DIMENSIONS} sizes", shown(value))
    shape = tuple([whole(size, f"{where}[{place}]") for place, size in enumerate(value)])
    if math.prod(shape) > LARGEST:
        raise _wrong(where, "fewer values", "more than can be counted")
    return shape


def _values(data: Any, datatype: str, shape: tuple[int, ...], limits: Limits, where: str) -> list[Any]:  # noqa: ANN401 - a client's
    """Values from JSON, in one list or in lists of lists as the shape has it."""
    values, count = _flat(data, shape, where), math.prod(shape)
    if len(values) != count:
        raise _wrong(where, f"{count} values", str(len(values)))
    for place, value in enumerate(values):
        if type(value) not in IN_JSON[datatype]:
            raise _wrong(f"{where}[{place}]", f"a value of {datatype}", shown(value))
        if datatype == BYTES and len(value) > limits.text:
            raise _wrong(f"{where}[{place}]", f"at most {limits.text} characters", str(len(value)))
    return values if datatype in (BYTES, BOOL) else _rounded(values, datatype, where)


def _flat(data: Any, shape: tuple[int, ...], where: str) -> list[Any]:  # noqa: ANN401 - a client's
    if type(data) is not list:
        raise _wrong(where, "a list of values", shown(data))
    values = data
    for size in shape[1:]:
        if not values or type(values[0]) is not list:
            break
        if any(type(part) is not list or len(part) != size for part in values):
            raise _wrong(where, f"lists of {size} values", "others")
        values = [value for part in values for value in part]
    return values


def _rounded(values: list[Any], datatype: str, where: str) -> list[Any]:
    """Numbers as the datatype has them, so that they mean the same as when they are sent as bytes."""
    kind = NUMERIC[datatype]
    if kind.kind != "f":
        least, most = np.iinfo(kind).min, np.iinfo(kind).max
        for place, value in enumerate(values):
            if not least <= value <= most:
                raise _wrong(f"{where}[{place}]", f"a value of {datatype}", shown(value))
        return values
    with np.errstate(over="ignore"):  # what is too large is infinite, and refused as that
        numbers = np.array([math.nan if value is None else value for value in values], np.float64)
        found: list[Any] = numbers.astype(kind).tolist()
    return found


def _wrong(where: str, expected: str, came: str) -> RequestError:
    return RequestError(422, "invalid", where, expected=expected, came=came, fix="correct it")
