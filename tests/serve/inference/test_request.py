"""A request for inference."""

import pytest

from seqloom.serve.inference.request import Request, Stream
from seqloom.serve.refusal import RequestError
from tests.serve.inference.conftest import asked, tensor


def of(limits, raw=b"", outputs=None, mark=None, **parameters):
    """The request with one tensor and these parameters."""
    document = asked(tensor("a", [1.0]), **parameters)
    document |= {} if outputs is None else {"outputs": outputs}
    return Request.of(document | ({} if mark is None else {"id": mark}), raw, limits)


def test_without_parameters_it_is_a_sequence_of_its_own(limits):
    """All outputs come back in JSON; so they do where none is listed."""
    for outputs in (None, []):
        found = of(limits, outputs=outputs)
        assert (found.stream, found.outputs, found.binary, found.mark) == (None, None, False, None)
    assert [one.name for one in found.tensors] == ["a"]


@pytest.mark.parametrize("mark", [0, "", None])
def test_a_sequence_without_a_name_is_none(limits, mark):
    """As the protocol has it; then nothing else of a sequence may be there."""
    assert of(limits, sequence_id=mark, sequence_start=False).stream is None
    with pytest.raises(RequestError, match="sequence_id: expected a sequence, since there is sequence_end, came none"):
        of(limits, sequence_id=mark, sequence_end=True)


def test_a_sequence_is_a_stream_of_its_name(limits):
    """A number is as good as the text it is written with."""
    assert of(limits, sequence_id=7).stream == Stream(7, "7", start=False, end=False, seq=None, epoch=None)
    found = of(limits, sequence_id="7", sequence_end=True, seq=3, epoch=1, priority=2, timeout=9).stream
    assert found == Stream("7", "7", start=False, end=True, seq=3, epoch=1)
    assert of(limits, sequence_id=2**32, sequence_start=True).stream.start


def test_a_start_that_may_be_repeated_names_its_epoch(limits):
    """A number alone would not tell a repeated start from the next one."""
    assert of(limits, sequence_id=7, sequence_start=True, epoch=2).stream.seq == 0
    assert of(limits, sequence_id=7, sequence_start=True, seq=0, epoch=2).stream.seq == 0
    with pytest.raises(RequestError, match="epoch: expected the epoch that begins, since seq is there, came none"):
        of(limits, sequence_id=7, sequence_start=True, seq=0)
    with pytest.raises(RequestError, match="seq: expected 0, the first reading of a sequence, came 1"):
        of(limits, sequence_id=7, sequence_start=True, seq=1, epoch=2)


def test_outputs_may_come_as_bytes_each_by_itself(limits):
    """Where one says nothing, as all do."""
    outputs = [{"name": "x"}, {"name": "y", "parameters": {"binary_data": False}}]
    assert of(limits, outputs=outputs, binary_data_output=True).outputs == {"x": True, "y": False}
    assert of(limits, outputs=outputs).outputs == {"x": False, "y": False}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"outputs": [{"name": "x"}, {"name": "x"}]},
            r"body.outputs\[1\].name: expected the name of an output",
        ),
        ({"outputs": [{"name": ["x"]}]}, r"body.outputs\[0\].name"),
        ({"outputs": {}}, "body.outputs: expected a list"),
        (
            {"outputs": [{"name": "x", "parameters": {"classification": 3}}]},
            "expected one of binary_data, came",
        ),
        ({"mark": "x" * 11}, "body.id: expected a text of at most 10 characters"),
        ({"mark": 3}, "body.id: expected a text"),
        ({"sequence_id": 1.5}, "sequence_id: expected a name"),
        ({"sequence_id": True}, "sequence_id: expected a name"),
        ({"sequence_id": -1}, "sequence_id: expected a number of 64 bits"),
        ({"sequence_id": "x" * 11}, "sequence_id: expected a name of 1 to 10 characters"),
        ({"sequence_id": 7, "seq": -1}, "seq: expected a whole number"),
        ({"sequence_id": 7, "sequence_start": 1}, "sequence_start: expected true or false, came 1"),
        ({"binary_data_output": None}, "binary_data_output: expected true or false, came none"),
        ({"headers": {}}, "body.parameters: expected one of"),
        ({"raw": b"xy"}, "body: expected no bytes behind those of the inputs, came 2 more"),
    ],
)
def test_what_is_no_request_is_refused(limits, change, message):
    """The message names the field."""
    with pytest.raises(RequestError, match=message):
        of(limits, **change)


@pytest.mark.parametrize("document", [[], None, {}, {"inputs": []}, {"inputs": {}}, {"inputs": [3]}])
def test_a_request_has_inputs(limits, document):
    """At least one, each an object."""
    with pytest.raises(RequestError, match="body"):
        Request.of(document, b"", limits)
