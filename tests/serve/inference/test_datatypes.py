"""The datatypes of tensors."""

import numpy as np
import pytest

from seqloom.serve.inference.datatypes import IN_JSON, NUMERIC


def test_they_are_those_of_the_protocol():
    """Of all sizes, little-endian; texts besides."""
    names = "BOOL UINT8 UINT16 UINT32 UINT64 INT8 INT16 INT32 INT64 FP16 FP32 FP64"
    assert list(NUMERIC) == names.split()
    assert set(IN_JSON) == {*NUMERIC, "BYTES"}
    assert NUMERIC["UINT16"].str == "<u2"
    assert np.frombuffer(b"\x00\x00\xc0\x3f", NUMERIC["FP32"]).tolist() == [1.5]


@pytest.mark.parametrize(
    ("datatype", "good", "bad"),
    [
        ("BYTES", ["a"], [1, None]),
        ("BOOL", [True], [1, "true"]),
        ("INT8", [1], [1.0, True]),
        ("FP32", [1, None], [True]),
    ],
)
def test_a_value_in_json_is_of_the_type_of_its_tensor(datatype, good, bad):
    """No number is a flag, and null is a number that is missing."""
    assert all(type(value) in IN_JSON[datatype] for value in good)
    assert not any(type(value) in IN_JSON[datatype] for value in bad)
