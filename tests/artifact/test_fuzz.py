"""Damage of any kind, anywhere: refused, or without effect."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seqloom.artifact import read_container, write_container
from seqloom.artifact.container import Container
from seqloom.artifact.strict_json import parse
from seqloom.artifact.tensors import decode, encode
from seqloom.errors import ArtifactError

ARRAYS = {"a": np.arange(3, dtype=np.float32), "b": np.array([True]), "c": np.zeros((2, 2))}
MEMBERS = {"weights.safetensors": encode(ARRAYS, "test"), "history.jsonl": b'{"epoch":1}\n'}
MANIFEST = {"task": "forecast", "metrics": {"mse": 0.1, "name": "ü"}}
PLACES = st.integers(min_value=0, max_value=2**16)
often = settings(
    max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def good(tmp_path: Path) -> tuple[Path, bytes, Container]:
    """A good artifact: its path, its bytes, and what is in it."""
    path = write_container(tmp_path / "good.loom", MANIFEST, MEMBERS)
    return path, path.read_bytes(), read_container(path)


def _refused_or_equal(path: Path, raw: bytes, container: Container) -> None:
    path.write_bytes(raw)
    try:
        assert read_container(path) == container
    except ArtifactError as error:
        assert "expected" in str(error)  # noqa: PT017 - either outcome is right; any other exception fails the test


@often
@given(place=PLACES, bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused_or_without_effect(good, place: int, bit: int) -> None:
    """One bit changed anywhere raises ArtifactError or changes nothing that is read."""
    path, whole, container = good
    raw = bytearray(whole)
    raw[place % len(raw)] ^= 1 << bit

    _refused_or_equal(path, bytes(raw), container)


@often
@given(place=PLACES)
def test_a_cut_is_refused(good, place: int) -> None:
    """A file that ends early anywhere raises ArtifactError."""
    path, raw, container = good

    _refused_or_equal(path, raw[: place % len(raw)], container)


@often
@given(place=PLACES, length=st.integers(0, 40), new=st.binary(max_size=40))
def test_replaced_bytes_are_refused_or_without_effect(good, place: int, length: int, new: bytes) -> None:
    """Bytes replaced, put in or taken out anywhere raise ArtifactError or change nothing that is read."""
    path, raw, container = good
    at = place % len(raw)

    _refused_or_equal(path, raw[:at] + new + raw[at + length :], container)


@often
@given(raw=st.binary(max_size=200))
def test_any_bytes_are_no_artifact(good, raw: bytes) -> None:
    """Bytes that mean nothing raise ArtifactError."""
    path, _, container = good

    _refused_or_equal(path, raw, container)


@often
@given(place=PLACES, new=st.binary(min_size=1, max_size=12))
def test_damaged_tensors_are_refused_or_read(place: int, new: bytes) -> None:
    """A damaged safetensors file raises ArtifactError or gives arrays; no array is larger than the file."""
    raw = bytearray(MEMBERS["weights.safetensors"])
    at = place % len(raw)
    raw[at : at + len(new)] = new

    try:
        arrays = decode(bytes(raw), "test")
    except ArtifactError:
        return
    assert sum(array.nbytes for array in arrays.values()) <= len(raw)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@often
@given(value=JSON_VALUES)
def test_every_json_value_is_parsed_as_the_standard_library_does(value: object) -> None:
    """A document within the limits, with or without escapes, comes back as it was."""
    try:
        plain = json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half of a surrogate pair is no text
        return

    assert parse(plain, "test") == parse(json.dumps(value).encode(), "test") == value


@often
@given(raw=st.binary(max_size=60) | st.text('[]{}",:\\u1e.-+ntf ', max_size=60).map(str.encode))
def test_text_that_is_no_json_is_refused(raw: bytes) -> None:
    """Whatever the standard library refuses is refused by ArtifactError and by nothing else."""
    try:
        parsed = parse(raw, "test")
    except ArtifactError:
        return
    assert parsed == json.loads(raw)
