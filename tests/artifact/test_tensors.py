import json
import struct
import tracemalloc

import numpy as np
import pytest
import safetensors.numpy
from numpy.testing import assert_array_equal

from seqloom.artifact.tensors import DTYPES, decode, encode
from seqloom.errors import ArtifactError


@pytest.mark.parametrize("dtype", DTYPES.values(), ids=str)
def test_arrays_of_every_element_type_come_back(dtype: np.dtype) -> None:
    """Element type, shape and every bit survive."""
    array = np.arange(12).reshape(3, 4).astype(dtype)

    decoded = decode(encode({"x": array}, "test"), "test")["x"]

    assert decoded.dtype == dtype
    assert_array_equal(decoded, array)


@pytest.mark.parametrize("shape", [(), (0,), (1,), (0, 3), (2, 0, 2), (1, 1, 1, 1, 1, 1, 1, 1)])
def test_arrays_of_every_shape_come_back(shape: tuple[int, ...]) -> None:
    """Scalars and empty arrays keep their shape."""
    assert decode(encode({"x": np.ones(shape)}, "test"), "test")["x"].shape == shape


@pytest.mark.parametrize(
    "view", [lambda array: array.T, lambda array: array[::2], lambda array: array[:, ::-1], np.asfortranarray]
)
def test_views_are_written_as_they_look(view) -> None:
    """A transposed, strided or reversed view is stored by its values, not by the memory below it."""
    array = view(np.arange(12.0).reshape(4, 3))

    assert_array_equal(decode(encode({"x": array}, "test"), "test")["x"], array)


def test_the_safetensors_package_reads_what_is_written() -> None:
    """The bytes are safetensors to the reference implementation."""
    arrays = {"weights": np.arange(6, dtype=np.float32).reshape(2, 3), "mask": np.array([True, False])}

    read = safetensors.numpy.load(encode(arrays, "test"))

    assert {name: array.tolist() for name, array in read.items()} == {
        name: array.tolist() for name, array in arrays.items()
    }


def test_what_the_safetensors_package_writes_is_read() -> None:
    """Bytes of the reference implementation pass the check."""
    arrays = {"a": np.arange(5, dtype=np.int16), "b": np.linspace(0, 1, 7), "c": np.array([True])}

    read = decode(safetensors.numpy.save(arrays), "test")

    for name, array in arrays.items():
        assert_array_equal(read[name], array)


def test_no_arrays_are_a_file_too() -> None:
    """A file without arrays is written and read."""
    assert decode(encode({}, "test"), "test") == {}


def test_decoded_arrays_may_be_changed() -> None:
    """Each array owns its memory: changing one changes neither the bytes nor another."""
    raw = encode({"a": np.zeros(2), "b": np.zeros(2)}, "test")
    decode(raw, "test")["a"][:] = 1

    assert_array_equal(decode(raw, "test")["a"], np.zeros(2))


@pytest.mark.parametrize(
    "array", [np.array(["text"]), np.array([None]), np.array([1j]), np.zeros(1, ">f4"), np.array([], "datetime64[us]")]
)
def test_other_element_types_are_not_written(array: np.ndarray) -> None:
    """Text, objects, complex numbers, foreign byte order and dates are refused by name."""
    with pytest.raises(ArtifactError, match=r"array 'x': expected one of bool, .* came .* with 1"):
        encode({"x": array}, "test")


def test_a_boolean_is_zero_or_one() -> None:
    """A boolean array with another byte in it is refused."""
    header = json.dumps({"x": {"dtype": "BOOL", "shape": [8], "data_offsets": [0, 8]}}).encode()

    with pytest.raises(ArtifactError, match="array 'x': expected bytes 0 and 1"):
        decode(struct.pack("<Q", len(header)) + header + b"\x00\x01\x02" + bytes(5), "test")


def test_decoding_holds_the_arrays_once_beside_their_bytes() -> None:
    """Decoding allocates the arrays and little more."""
    raw = encode({str(place): np.zeros(2**18) for place in range(4)}, "test")
    tracemalloc.start()
    try:
        decode(raw, "test")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 1.1 * len(raw)
