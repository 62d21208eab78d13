import math
from dataclasses import replace

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.live import Memory
from seqloom.live.steps import Steps


@pytest.mark.parametrize("clock", ["none", "stamps", "numbers"])
@pytest.mark.parametrize("kept", [0, 1, 3])
@pytest.mark.parametrize("statics", [True, False])
def test_a_memory_is_its_bytes(clock, kept, statics, form, memory):
    """Nothing is lost and nothing is added."""
    before = memory(kept, statics=statics, clock=clock)
    after = Memory.decode(before.encode(), form(clock), 3, "x")
    assert after.encode() == before.encode()
    assert (after.readings, after.last, after.kept.words) == (7, 3.0, list(before.kept.words))
    np.testing.assert_array_equal(after.kept.numbers, before.kept.numbers)
    np.testing.assert_array_equal(after.kept.codes, before.kept.codes)
    np.testing.assert_array_equal(after.carried, before.carried)
    assert (after.statics is None) == (not statics)
    assert (after.kept.times is None) == (clock == "none")


def test_the_bytes_of_a_small_memory_stay_as_they_are():
    """Streams stored by an earlier version are read by later ones."""
    kept = Steps(np.array([[1.0, np.nan]]), np.array([[1]], np.int32), np.array([5], np.int64), [("hi",)])
    raw = Memory(2, 5.0, kept, np.array([0.5], np.float32)).encode()
    header = "0101 0200000000000000 0000000000001440 01000000 02000000 01000000 00000000 00000000 01000000 08000000"
    arrays = "0000003f 000000000000f03f 000000000000f87f 01000000 0500000000000000"
    assert raw == bytes.fromhex(f"{header} {arrays}") + b'[["hi"]]'


@pytest.mark.parametrize(
    ("change", "came"),
    [
        (lambda raw: raw[:0], "one of another version"),
        (lambda raw: b"\x09" + raw[1:], "one of another version"),
        (lambda raw: raw[:-1], "bytes"),
        (lambda raw: raw + b"x", "bytes"),
    ],
)
def test_other_bytes_are_refused(change, came, form, memory):
    """With the stream they are of."""
    with pytest.raises(DataError, match=f"stream 'x': expected the memory of a stream of this model, came .*{came}"):
        Memory.decode(change(memory().encode()), form(), 3, "stream 'x'")


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one._replace(readings=1),
        lambda one: one._replace(readings=2**63),
        lambda one: one._replace(kept=replace(one.kept, numbers=one.kept.numbers + np.inf)),
        lambda one: one._replace(kept=replace(one.kept, codes=one.kept.codes + 1)),
        lambda one: one._replace(kept=replace(one.kept, codes=one.kept.codes - 3)),
        lambda one: one._replace(statics=replace(one.statics, codes=one.statics.codes + 1)),
        lambda one: one._replace(kept=replace(one.kept, words=[("a",)])),
        lambda one: one._replace(kept=replace(one.kept, words=[("a", "b"), ("c", "d")])),
        lambda one: one._replace(kept=replace(one.kept, words=[(1,), ("c",)])),
        lambda one: one._replace(kept=replace(one.kept, words=[[], []])),
    ],
)
def test_a_memory_that_cannot_be_is_refused(change, form, memory):
    """Fewer readings than steps, infinite numbers, labels that are none, other words."""
    with pytest.raises(DataError, match="came one with impossible values"):
        Memory.decode(change(memory()).encode(), form(), 3, "x")


@pytest.mark.parametrize("words", [b"[[1,2", b"\xff" * 6, b"[" * 6])
def test_words_that_are_no_json_are_refused(words, form, memory):
    """As any other bytes."""
    raw = memory().encode()
    spelt = len(b'[["\xc3\xa4\xe2\x98\x83"],[null]]')
    head = bytearray(raw[:-spelt])
    head[42:46] = len(words).to_bytes(4, "little")
    with pytest.raises(DataError, match="came one with impossible values"):
        Memory.decode(bytes(head) + words, form(), 3, "x")


def test_memories_of_other_columns_are_refused(form, memory):
    """They are those of another model."""
    for other in (memory(clock="none"), memory()._replace(carried=np.zeros(2, np.float32))):
        with pytest.raises(DataError, match="came one of other columns"):
            Memory.decode(other.encode(), form(), 3, "x")


def test_a_stream_begins_with_nothing(form):
    """No readings, no steps, and what the network carries before its first."""
    first = Memory.begin(form(), np.zeros(3, np.float32))
    assert (first.readings, len(first.kept), first.statics) == (0, 0, None)
    assert np.isnan(first.last)


def test_the_norm_is_the_root_mean_square_of_what_is_carried():
    """A network that carries nothing has none."""
    kept = Steps(np.empty((0, 1)), np.empty((0, 0), np.int32), None)
    assert Memory(1, math.nan, kept, np.array([3, 4], np.float32)).norm == pytest.approx(12.5**0.5)
    assert Memory(1, math.nan, kept, np.empty(0, np.float32)).norm is None
