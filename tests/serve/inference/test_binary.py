"""Tensors as bytes."""

import struct
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqloom.serve.inference.binary import parted, read, written
from seqloom.serve.inference.datatypes import NUMERIC
from seqloom.serve.refusal import RequestError
from tests.serve.inference.conftest import texts


def test_a_body_is_parted_where_the_header_says():
    """Without one it is all JSON."""
    assert parted(b"{}abc", b"2") == (b"{}", b"abc")
    assert parted(b"{}", b"2") == (b"{}", b"")
    assert parted(b"{}abc", None) == (b"{}abc", b"")


@pytest.mark.parametrize("header", [b"", b"0", b"6", b"-1", b"2.0", b"x", b"9" * 5000, "²".encode("latin-1")])
def test_a_header_that_is_no_place_in_the_body_is_refused(header):
    """It is a number of bytes of JSON."""
    with pytest.raises(RequestError, match="inference-header-content-length: expected a number from 1 to 5") as found:
        parted(b"{}abc", header)
    assert found.value.status == 400


@pytest.mark.parametrize("datatype", NUMERIC)
def test_numbers_are_read_as_they_were_written(datatype):
    """Of every datatype, as NumPy has their bytes."""
    values = np.array([0, 1, 1], NUMERIC[datatype])
    assert written(values.tolist(), datatype) == values.tobytes()
    assert read(values.tobytes(), datatype, 3, 10, "x") == values.tolist()


@given(st.lists(st.text(max_size=5), max_size=4))
def test_texts_are_read_as_they_were_written(values):
    """Each behind its length in bytes."""
    raw = written(values, "BYTES")
    assert raw == texts(*[value.encode() for value in values])
    assert read(raw, "BYTES", len(values), 5, "x") == values


def test_a_length_beyond_the_bytes_allocates_nothing():
    """Four gigabytes are said, three bytes are there."""
    with pytest.raises(RequestError, match="expected 1 texts, each behind its length in 4 bytes, came 7 bytes"):
        read(struct.pack("<I", 2**32 - 1) + b"abc", "BYTES", 1, 5, "x")


@pytest.mark.parametrize(
    ("raw", "count", "message"),
    [
        (texts(b"a"), 2, "expected 2 texts"),
        (texts(b"a", b"b"), 1, "expected 1 texts"),
        (texts(b"a")[:-1], 1, "expected 1 texts"),
        (texts(b"a")[:3], 1, "expected 1 texts"),
        (b"", 1, "expected 1 texts"),
        (texts(b"a", b"\xff"), 2, "x, text 1: expected UTF-8"),
        (texts(b"abcdef"), 1, "x, text 0: expected at most 5 characters, came 6"),
    ],
)
def test_bytes_that_are_no_texts_are_refused(raw, count, message):
    """The message says which."""
    with pytest.raises(RequestError, match=message):
        read(raw, "BYTES", count, 5, "x")


def test_another_number_of_bytes_is_refused():
    """Than values have."""
    with pytest.raises(RequestError, match="x: expected 16 bytes, 2 of FP64, came 15 bytes"):
        read(bytes(15), "FP64", 2, 5, "x")


@given(st.binary(max_size=64), st.sampled_from([*NUMERIC, "BYTES"]), st.integers(0, 2**62))
def test_any_bytes_are_values_or_refused(raw, datatype, count):
    """Nothing else is raised, and there are as many values as was said."""
    with suppress(RequestError):
        assert len(read(raw, datatype, count, 10, "x")) == count
