"""Answers as tensors."""

import math

import numpy as np
import orjson
import pytest

from seqloom.errors import GapError
from seqloom.serve.inference.request import Request
from seqloom.serve.inference.response import answered, refused, wanted
from seqloom.serve.inference.signature import Signature, Slot
from seqloom.serve.refusal import RequestError
from tests.live.conftest import form_of

SLOTS = {
    "waiting": Slot("waiting", "INT64"),
    "a": Slot("a", "FP64", (-1, 2)),
    "word": Slot("word", "BYTES", (-1, 2)),
}
ANSWERS = [{"waiting": 1}, {"a": [1.5, None], "word": ["x", "y"]}]


def test_a_reading_without_an_answer_waits():
    """Its numbers are not known, its texts are empty; null stands for what is not known in JSON."""
    found = answered({"id": "7"}, ANSWERS, [(slot, False) for slot in SLOTS.values()])
    document = orjson.loads(found.body)
    assert document["id"] == "7"
    assert [one["shape"] for one in document["outputs"]] == [[2], [2, 2], [2, 2]]
    assert [one["data"] for one in document["outputs"]] == [[1, 0], [None, None, 1.5, None], ["", "", "x", "y"]]
    assert (found.kind, found.headers) == (b"application/json", ())


def test_outputs_come_as_bytes_where_they_are_to():
    """Behind the JSON, which says how many they are; the header says where it ends."""
    found = answered({}, ANSWERS, [(SLOTS["a"], True), (SLOTS["waiting"], False), (SLOTS["word"], True)])
    ((name, size),) = found.headers
    assert (name, found.kind) == (b"inference-header-content-length", b"application/octet-stream")
    document, raw = orjson.loads(found.body[: int(size)]), found.body[int(size) :]
    numbers = np.frombuffer(raw[:32], "<f8").tolist()
    assert numbers[2] == 1.5
    assert sum(map(math.isnan, numbers)) == 3
    assert raw[32:] == bytes(8) + b"\x01\x00\x00\x00x\x01\x00\x00\x00y"
    first, second, third = document["outputs"]
    assert (first["parameters"], third["parameters"]) == ({"binary_data_size": 32}, {"binary_data_size": 18})
    assert second["data"] == [1, 0]


def test_a_target_that_is_called_waiting_is_told():
    """It does not stand for what is waited for."""
    slots = {"waiting": Slot("waiting", "FP64"), "waiting_q05": Slot("waiting_q05", "FP64")}
    found = answered({}, [{"waiting": 4.5, "waiting_q05": 1.0}], [(slot, False) for slot in slots.values()])
    assert [one["data"] for one in orjson.loads(found.body)["outputs"]] == [[4.5], [1.0]]


def asking(outputs):
    """A request for these outputs."""
    return Request(tensors=[], outputs=outputs, binary=True, stream=None, mark=None)


def test_outputs_are_those_that_are_asked_for():
    """In the order in which they are; all where none is named; one that is not there is refused."""
    signature = Signature("d" * 64, "x", form_of(), {}, SLOTS)
    some = wanted(asking({"word": True, "a": False}), signature)
    assert [(slot.name, as_bytes) for slot, as_bytes in some] == [("word", True), ("a", False)]
    every = wanted(asking(None), signature)
    assert [(slot.name, as_bytes) for slot, as_bytes in every] == [(name, True) for name in SLOTS]
    with pytest.raises(RequestError, match=r"body.outputs\[1\].name: expected one of waiting, a, word, came 'b'"):
        wanted(asking({"a": True, "b": True}), signature)


def test_an_error_is_a_sentence_with_its_parts():
    """The number that is expected is one of them."""
    error = GapError("stream 'a'", number=3, expected="reading 3", came="5", fix="send the readings from 3 on")
    found = refused(error, acknowledged=3)
    assert found.status == 409
    document = orjson.loads(found.body)
    assert document["error"] == "stream 'a': expected reading 3, came 5; send the readings from 3 on"
    assert (document["code"], document["number"], document["acknowledged"]) == ("gap", 3, 3)


def test_what_is_the_servers_own_is_not_told(caplog):
    """No path and no detail; one who waits is told when to come again."""
    document = orjson.loads(refused(KeyError("/a/path/of/the/server")).body)
    assert document["error"] == "server: expected an answer, came a failure of the server; look into its log"
    assert "a request failed unexpectedly" in caplog.text
