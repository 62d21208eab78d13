"""What requests and answers of the protocol consist of."""

import pytest

from seqloom.serve.inference.request import FIELDS, OUTPUT, PARAMETERS
from seqloom.serve.inference.schemas import SCHEMAS
from seqloom.serve.inference.tensor import FIELDS as TENSOR


@pytest.mark.parametrize(
    ("name", "fields"), [("InferRequest", FIELDS), ("RequestParameters", PARAMETERS), ("InputTensor", TENSOR)]
)
def test_they_have_the_fields_that_are_read(name, fields):
    """No more and no fewer."""
    assert SCHEMAS[name]["properties"].keys() == fields
    assert SCHEMAS[name]["additionalProperties"] is False


def test_outputs_have_the_fields_that_are_read():
    """Within a request."""
    assert SCHEMAS["InferRequest"]["properties"]["outputs"]["items"]["properties"].keys() == OUTPUT


def test_answers_have_the_fields_that_are_described(client, infer, reading):
    """All that are required, none that is not named."""
    for path, name in (
        ("", "Server"),
        ("/health/live", "Live"),
        ("/health/ready", "Ready"),
        ("/models/model", "ModelTensors"),
        ("/models/model/ready", "ModelReady"),
    ):
        assert client.get(f"/v2{path}").json().keys() == SCHEMAS[name]["properties"].keys()
    _, document = infer(reading(sequence_id=1))
    assert document.keys() <= SCHEMAS["InferResponse"]["properties"].keys()
    assert document.keys() >= set(SCHEMAS["InferResponse"]["required"])
