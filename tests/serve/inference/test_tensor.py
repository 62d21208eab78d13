"""A tensor that a client sends."""

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqloom.serve.inference.tensor import Tensor
from seqloom.serve.limits import Limits
from seqloom.serve.refusal import RequestError
from tests.serve.inference.conftest import tensor, texts


def of(document, raw=b"", limits=None):
    """The tensor of a document."""
    return Tensor.of(document, raw, limits or Limits(), "t")


@pytest.mark.parametrize(
    ("values", "datatype", "found"),
    [
        ([1, 2.5, None], "FP64", [1.0, 2.5, None]),
        ([0.1], "FP32", [0.10000000149011612]),
        ([1e300, -1e300], "FP32", [math.inf, -math.inf]),
        ([255, 0], "UINT8", [255, 0]),
        ([2**64 - 1], "UINT64", [2**64 - 1]),
        ([True, False], "BOOL", [True, False]),
        (["on", ""], "BYTES", ["on", ""]),
        ([], "INT64", []),
    ],
)
def test_values_in_json_are_those_of_the_datatype(values, datatype, found):
    """Rounded as bytes of it would have been; a missing number is not a number."""
    (one, rest) = of(tensor("x", values, datatype, [len(values)]))
    assert [None if value != value else value for value in one.values] == found  # noqa: PLR0124 - NaN alone differs
    assert (one.name, one.shape, rest) == ("x", (len(values),), b"")


def test_nested_lists_are_read_row_by_row():
    """They may also be one list."""
    for values in ([[1, 2], [3, 4], [5, 6]], [1, 2, 3, 4, 5, 6]):
        assert of(tensor("x", values, "INT64", [3, 2]))[0].values == [1, 2, 3, 4, 5, 6]


def test_bytes_are_taken_from_behind_the_json():
    """What follows belongs to the next tensor."""
    document = {"name": "x", "shape": [2], "datatype": "BYTES", "parameters": {"binary_data_size": 9}}
    one, rest = of(document, texts(b"a") + texts(b"") + b"next")
    assert (one.values, rest) == (["a", ""], b"next")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": 3}, "t.name: expected the name of an input, came 3"),
        ({"datatype": "BF16"}, "t.datatype: expected one of BYTES, BOOL, UINT8"),
        ({"datatype": ["FP64"]}, "t.datatype: expected one of"),
        ({"shape": []}, "t.shape: expected a list of 1 to 8 sizes"),
        ({"shape": [1] * 9}, "t.shape: expected a list of 1 to 8 sizes"),
        ({"shape": [-1]}, r"t.shape\[0\]: expected a whole number"),
        ({"shape": [2**40, 2**40]}, "t.shape: expected fewer values"),
        ({"shape": [2**40]}, "t.data: expected 1099511627776 values, came 1"),
        ({"data": [1, 2]}, "t.data: expected 1 values, came 2"),
        ({"data": [[1]], "shape": [1, 2]}, "t.data: expected lists of 2 values"),
        ({"data": [[1], 2], "shape": [2, 1]}, "t.data: expected lists of 1 values"),
        ({"data": [[[1]]], "shape": [1, 1]}, r"t.data\[0\]: expected a value of FP64, came a list"),
        ({"data": None}, "t.data: expected a list of values, came none"),
        ({"data": ["1"]}, r"t.data\[0\]: expected a value of FP64, came '1'"),
        ({"data": [256], "datatype": "UINT8"}, r"t.data\[0\]: expected a value of UINT8, came 256"),
        ({"data": [-1], "datatype": "UINT64"}, r"t.data\[0\]: expected a value of UINT64, came -1"),
        ({"data": ["123456"], "datatype": "BYTES"}, r"t.data\[0\]: expected at most 5 characters, came 6"),
        ({"parameters": {"shared_memory_region": "x"}}, "t.parameters: expected one of binary_data_size"),
        ({"parameters": {"binary_data_size": 8}}, "t: expected 8 bytes behind the JSON, and no data in it, came data"),
        ({"parameters": {"binary_data_size": True}}, "t.parameters.binary_data_size: expected a whole number"),
        ({"more": 1}, "t: expected one of data, datatype, name, parameters, shape, came the field 'more'"),
    ],
)
def test_what_is_no_tensor_is_refused(change, message, limits):
    """The message names the field."""
    with pytest.raises(RequestError, match=message):
        of(tensor("x", [1]) | change, bytes(8), limits)


def test_bytes_that_are_not_there_are_refused():
    """Before any value is made."""
    document = {"name": "x", "shape": [2**50], "datatype": "INT8", "parameters": {"binary_data_size": 2**50}}
    with pytest.raises(RequestError, match="t: expected 1125899906842624 bytes behind the JSON"):
        of(document, bytes(3))


SOMETHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.fixed_dictionaries(
        {"name": st.just("x"), "datatype": st.sampled_from(["FP32", "INT8", "BOOL", "BYTES", "x"])},
        optional={
            "shape": SOMETHING | st.lists(st.integers(0, 3), max_size=3),
            "data": SOMETHING,
            "parameters": SOMETHING | st.fixed_dictionaries({"binary_data_size": st.integers(0, 9)}),
        },
    ),
    st.binary(max_size=9),
)
def test_any_document_is_a_tensor_or_refused(document, raw):
    """Nothing else is raised, and the values are as many as the shape has."""
    with suppress(RequestError):
        one, rest = of(document, raw)
        assert len(one.values) == math.prod(one.shape)
        assert raw.endswith(rest)
