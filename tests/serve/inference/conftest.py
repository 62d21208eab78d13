"""Makes requests of the protocol."""

import struct

import orjson
import pytest

from seqloom.serve.limits import Limits


def tensor(name, values, datatype="FP64", shape=None, **more):
    """A tensor in JSON."""
    return {"name": name, "shape": shape or [len(values)], "datatype": datatype, "data": values, **more}


def asked(*inputs, **parameters):
    """A request with these tensors and parameters."""
    return {"inputs": list(inputs), **({"parameters": parameters} if parameters else {})}


def packed(document, *parts):
    """Headers and body of a request whose tensors are bytes."""
    head = orjson.dumps(document)
    headers = {"inference-header-content-length": str(len(head)), "content-type": "application/octet-stream"}
    return {"headers": headers, "content": b"".join([head, *parts])}


def texts(*values):
    """Texts as a tensor of bytes has them."""
    return b"".join(struct.pack("<I", len(value)) + value for value in values)


def opened(response):
    """Tensors of an answer by name, those behind the JSON as bytes; and the JSON."""
    raw, size = response.content, response.headers.get("inference-header-content-length")
    document = orjson.loads(raw[: None if size is None else int(size)])
    place, found = 0 if size is None else int(size), {}
    for one in document["outputs"]:
        length = one.get("parameters", {}).get("binary_data_size")
        found[one["name"]] = one["data"] if length is None else raw[place : place + length]
        place += length or 0
    assert size is None or place == len(raw)
    return found, document


@pytest.fixture
def infer(client):
    """Asks the model, and gives the tensors by name, and the JSON."""

    def ask(document, path="/v2/models/model/infer"):
        response = client.post(path, json=document)
        assert response.status_code == 200, response.text
        return opened(response)

    return ask


@pytest.fixture
def reading():
    """Makes a request with readings of the model, by default of one."""

    def make(*values, **parameters):
        values = values or (1.0,)
        return asked(tensor("a", list(values)), tensor("mode", ["on"] * len(values), "BYTES"), **parameters)

    return make


@pytest.fixture
def limits():
    """Narrow ones."""
    return Limits(text=5, name=10, readings=3)
