"""Named arrays in the safetensors format, checked before a single one is made.

The layout: eight bytes with the length of the header, the header (JSON: name -> dtype, shape, data_offsets), then the
arrays one after the other. The format is that of the safetensors package; the check here is stricter than the format.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from safetensors.numpy import save

from seqloom.artifact.refusal import refusal, shown
from seqloom.artifact.strict_json import JSON, parse
from seqloom.sequence import Array

DTYPES: Mapping[str, np.dtype] = MappingProxyType(
    {
        "BOOL": np.dtype("bool"),
        "U8": np.dtype("uint8"),
        "I8": np.dtype("int8"),
        "I16": np.dtype("<i2"),
        "I32": np.dtype("<i4"),
        "I64": np.dtype("<i8"),
        "F16": np.dtype("<f2"),
        "F32": np.dtype("<f4"),
        "F64": np.dtype("<f8"),
    }
)
"""The closed list of element types, by the name the header gives them; all little-endian."""

LARGEST_HEADER = 4 * 2**20
MOST_AXES = 8
_PREFIX = 8
_FIELDS = {"dtype", "shape", "data_offsets"}
_LARGEST_SHAPE = 2**48


@dataclass(frozen=True)
class Entry:
    """One array as the header describes it, its numbers already known to fit each other.

    Args:
        name: the array's name.
        dtype: its element type.
        shape: its shape.
        start: first byte, counted from the end of the header.
        stop: the byte after its last.
    """

    name: str
    dtype: np.dtype
    shape: tuple[int, ...]
    start: int
    stop: int


def encode(arrays: Mapping[str, Array], where: str) -> bytes:
    """These arrays as the bytes of a safetensors file.

    Args:
        arrays: array by name, of element types in `DTYPES`.
        where: artifact and member, for messages.

    Raises:
        ArtifactError: an array has another element type or too many axes.
    """
    for name, array in arrays.items():
        if array.dtype not in DTYPES.values() or array.ndim > MOST_AXES:
            raise refusal(
                f"{where}, array {shown(name)}",
                expected=f"one of {', '.join(map(str, DTYPES.values()))} with at most {MOST_AXES} axes",
                came=f"{array.dtype} with {array.ndim}",
                fix="convert the array before saving",
            )
    return save({name: np.asarray(array, order="C") for name, array in arrays.items()})


def decode(raw: bytes, where: str) -> dict[str, Array]:
    """The arrays in the bytes of a safetensors file, each in memory of its own.

    Args:
        raw: the whole file.
        where: artifact and member, for messages.

    Raises:
        ArtifactError: the header is not to be trusted; the message names the entry and the reason.
    """
    entries, body = check(raw, where)
    arrays = {}
    for entry in entries:
        count = math.prod(entry.shape)
        flat = np.frombuffer(raw, entry.dtype, count, body + entry.start)
        if entry.dtype == np.bool_ and np.any(flat.view(np.uint8) > 1):
            raise refusal(f"{where}, array {shown(entry.name)}", expected="bytes 0 and 1", came="other bytes")
        arrays[entry.name] = flat.reshape(entry.shape).copy()
    return arrays


def check(raw: bytes, where: str) -> tuple[list[Entry], int]:
    """The entries of a header that fit the file they head, in the order of their bytes, and where the bytes begin.

    Raises:
        ArtifactError: as in `decode`.
    """
    header, body = _header(raw, where)
    entries = sorted((_entry(name, fields, where) for name, fields in header.items()), key=_place)
    _check_tiling(entries, len(raw) - body, where)
    return entries, body


def _header(raw: bytes, where: str) -> tuple[dict[str, JSON], int]:
    if raw[:1] == b"\x80" and raw[_PREFIX : _PREFIX + 1] != b"{":
        raise refusal(where, expected="a safetensors file", came="a pickle, which can run code when opened")
    body = _PREFIX + int.from_bytes(raw[:_PREFIX], "little")
    if len(raw) < _PREFIX or body > min(len(raw), LARGEST_HEADER):
        came = f"one of {body - _PREFIX} bytes in a file of {len(raw)}"
        raise refusal(where, expected=f"a header within the file and at most {LARGEST_HEADER} bytes", came=came)
    header = parse(raw[_PREFIX:body], f"{where}, header")
    if not isinstance(header, dict):
        raise refusal(f"{where}, header", expected="a JSON object", came=shown(header))
    return header, body


def _entry(name: str, fields: JSON, where: str) -> Entry:
    where = f"{where}, array {shown(name)}"
    if not isinstance(fields, dict) or set(fields) != _FIELDS:
        raise refusal(where, expected="exactly dtype, shape and data_offsets", came=shown(fields))
    kind, shape, offsets = fields["dtype"], fields["shape"], fields["data_offsets"]
    if not isinstance(kind, str) or kind not in DTYPES:
        raise refusal(where, expected=f"a dtype among {', '.join(DTYPES)}", came=f"the unknown dtype {shown(kind)}")
    axes = _counts(shape, f"{where}, shape")
    if len(axes) > MOST_AXES or math.prod(max(axis, 1) for axis in axes) > _LARGEST_SHAPE:
        raise refusal(where, expected=f"at most {MOST_AXES} axes and 2**48 elements", came=f"the shape {shown(shape)}")
    spans = _counts(offsets, f"{where}, data_offsets")
    if len(spans) != len(("start", "stop")):
        raise refusal(where, expected="data_offsets with a start and a stop", came=shown(offsets))
    entry = Entry(name, DTYPES[kind], axes, *spans)
    needed = math.prod(axes) * entry.dtype.itemsize
    if entry.stop - entry.start != needed:
        came = f"the span {shown(offsets)}"
        raise refusal(where, expected=f"a span of {needed} bytes for {kind} of shape {list(axes)}", came=came)
    return entry


def _counts(value: JSON, where: str) -> tuple[int, ...]:
    """A list of whole numbers that are not negative."""
    if isinstance(value, list):
        counts = tuple(item for item in value if isinstance(item, int) and not isinstance(item, bool) and item >= 0)
        if len(counts) == len(value):
            return counts
    raise refusal(where, expected="a list of whole numbers, none negative", came=shown(value))


def _place(entry: Entry) -> tuple[int, int]:
    return entry.start, entry.stop


def _check_tiling(entries: list[Entry], size: int, where: str) -> None:
    """Arrays must follow each other without overlap or hole, fill the file to its end, and start aligned."""
    edges = [0, *(entry.stop for entry in entries)]
    for entry, (previous, _) in zip(entries, pairwise(edges), strict=True):
        if entry.start != previous:
            what = "an overlap with the array before it" if entry.start < previous else "a hole before it"
            raise refusal(f"{where}, array {shown(entry.name)}", expected=f"a start at byte {previous}", came=what)
        if entry.start % entry.dtype.itemsize:
            expected = f"a start at a multiple of {entry.dtype.itemsize} bytes"
            raise refusal(f"{where}, array {shown(entry.name)}", expected=expected, came=f"byte {entry.start}")
    if edges[-1] != size:
        raise refusal(where, expected=f"arrays that fill {size} bytes", came=f"arrays that end at byte {edges[-1]}")
