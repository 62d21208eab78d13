"""Everything that makes something of bytes from outside, each with bytes it takes: what a fuzzer begins with.

A decoder raises nothing but the package's own errors, whatever the bytes.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgpack
import numpy as np
import orjson

from seqloom.artifact import read_container, strict_json, tensors
from seqloom.artifact.manifest import Manifest
from seqloom.errors import SeqloomError
from seqloom.live import Form, Memory, parse
from seqloom.live.columns import Statics
from seqloom.live.snapshot import _checksum, opened, taken
from seqloom.live.steps import Steps
from seqloom.sequence import Column, Schema
from seqloom.serve import frames
from seqloom.serve.asked import call, stream_in_path
from seqloom.serve.exchange import parsed
from seqloom.serve.inference import paths
from seqloom.serve.inference.binary import parted
from seqloom.serve.inference.readings import readings
from seqloom.serve.inference.request import Request
from seqloom.serve.inference.signature import Signature, inputs_of
from seqloom.serve.limits import Limits
from seqloom.store import Session

LIMITS = Limits()
FORM = Form(
    schema=Schema(columns=tuple(Column(name=name, kind="number", role="past") for name in ("a", "b"))),
    clock="stamps",
    numbers=("a", "b"),
    listed=("mode",),
    spelt=("said",),
    static_numbers=("size",),
    static_listed=("make",),
    labels={"mode": ("off", "on"), "make": ("x",)},
    known=("b",),
    unasked=(),
    closed=True,
)
SIGNATURE = Signature("d" * 64, "forecast", FORM, inputs_of(FORM, 2), {})
MEMORY = Memory(
    7,
    3.0,
    Steps(np.ones((2, 2)), np.zeros((2, 1), np.int32), np.arange(2), (("ä",), (None,))),
    np.array([0.25, -1.0, 3.0], np.float32),
    Statics(np.array([1.5]), np.array([0], np.int32)),
)
READING = {"seq": 0, "time": "2024-03-01", "values": {"a": 1.5, "mode": "on"}, "ahead": [{"b": 1}]}


@dataclass(frozen=True)
class Decoder:
    """One of them.

    Args:
        take: makes something of bytes; the package's own errors are caught, all others are found.
        seeds: bytes that it takes.
    """

    take: Callable[[bytes], Any]
    seeds: Sequence[bytes]

    def __call__(self, raw: bytes) -> None:
        """Try some bytes."""
        with suppress(SeqloomError):
            self.take(raw)


def frame(raw: bytes) -> None:
    """A frame of a WebSocket, as text where it begins with a space; its error can be answered."""
    message: str | bytes = raw
    if raw[:1] == b" ":
        message = raw.decode("utf-8", "replace")
    found = frames.opened(message, LIMITS)
    if isinstance(found.asked, SeqloomError):
        frames.closed(found, found.asked)


def body(raw: bytes) -> None:
    """A body with readings."""
    call(parsed(raw), "stream", LIMITS)


def inference(raw: bytes) -> None:
    """A request of the inference protocol; its first two bytes say where the JSON ends."""
    header = b"%d" % int.from_bytes(raw[:2], "little") if raw[:2] != b"\0\0" else None
    document, rest = parted(raw[2:], header)
    readings(Request.of(parsed(document), rest, LIMITS).tensors, SIGNATURE, LIMITS)


def path(raw: bytes) -> None:
    """A path."""
    paths.pattern("/v2" + raw.decode("latin-1"))
    stream_in_path(raw.decode("latin-1"), LIMITS)


def memory(raw: bytes) -> None:
    """What a model remembers of a stream; what is taken can be written again."""
    found = Memory.decode(raw, FORM, 3, "stream")
    Memory.decode(found.encode(), FORM, 3, "stream")


def snapshot(raw: bytes) -> None:
    """A snapshot whose checksum is right."""
    document = parsed(raw)
    if type(document) is dict:
        document["checksum"] = _checksum({name: value for name, value in document.items() if name != "checksum"})
        session = opened(document, "d1")
        Memory.decode(session.memory, FORM, 3, "snapshot")


def _inference_seeds() -> list[bytes]:
    parts = [np.ones(2, "<f4").tobytes(), b"\x02\x00\x00\x00on\x03\x00\x00\x00off"]
    inputs = [
        {"name": "a", "shape": [2, 1], "datatype": "FP32", "parameters": {"binary_data_size": 8}},
        {"name": "mode", "shape": [2], "datatype": "BYTES", "parameters": {"binary_data_size": 13}},
        {"name": "b.ahead", "shape": [2, 2], "datatype": "INT64", "data": [[1, 2], [3, 4]]},
        {"name": "time", "shape": [2], "datatype": "INT64", "data": [1, 2]},
    ]
    parameters = {"sequence_id": 7, "sequence_start": True, "seq": 0, "epoch": 1, "binary_data_output": True}
    outputs = [{"name": "a", "parameters": {"binary_data": False}}]
    head = orjson.dumps({"id": "x", "inputs": inputs, "outputs": outputs, "parameters": parameters})
    alone = orjson.dumps({"inputs": inputs[2:]})
    return [len(head).to_bytes(2, "little") + b"".join([head, *parts]), b"\0\0" + alone]


def _frame_seeds() -> list[bytes]:
    document = {"id": 3, "stream": "pump", "epoch": 0, "readings": [READING]}
    return [msgpack.packb(document), b" " + orjson.dumps(document), msgpack.packb({"id": [b"x"], "stream": 3})]


MANIFEST = strict_json.write(
    read_container(Path(__file__).parents[1] / "artifact" / "golden" / "regress.loom").manifest, "x", indent=None
)
ARRAYS = {"a": np.arange(6.0).reshape(2, 3), "b": np.zeros(3, np.float32)}
DECODERS = {
    "frame": Decoder(frame, _frame_seeds()),
    "body": Decoder(body, [orjson.dumps({"epoch": 0, "readings": [READING, {"values": {}}]})]),
    "line": Decoder(lambda raw: parse(raw, 1), [orjson.dumps({"stream": "pump", **READING})]),
    "path": Decoder(path, [b"/models/a%2F/versions/1/infer", b"p%C3%A4mp%207"]),
    "inference": Decoder(inference, _inference_seeds()),
    "memory": Decoder(memory, [MEMORY.encode()]),
    "snapshot": Decoder(snapshot, [orjson.dumps(taken(Session("a", 0, 7, "d1", MEMORY.encode(), b"[]", 3)))]),
    "json": Decoder(lambda raw: strict_json.parse(raw, "x"), [MANIFEST]),
    "manifest": Decoder(lambda raw: Manifest.read(strict_json.parse(raw, "x"), "x"), [MANIFEST]),
    "tensors": Decoder(lambda raw: tensors.decode(raw, "x"), [tensors.encode(ARRAYS, "x")]),
}
