"""The checksum of a session."""

import struct
from hashlib import blake2b

import pytest

from seqloom.store import Session
from seqloom.store.checksum import checksum
from tests.store.conftest import a_session

GIVEN = a_session("pümp", 3, epoch=2, memory=b"mem", answers=b"[1]", time=-7, at=9)


def test_it_is_taken_as_the_format_says():
    """Computed here by the words of docs/store-format.md."""
    text = struct.pack("<qqqqB", 2, 3, 9, -7, 1) + struct.pack("<IIII", 5, 64, 3, 3)
    text += "pümp".encode() + GIVEN.digest.encode() + b"mem" + b"[1]"
    assert checksum(GIVEN) == blake2b(text, digest_size=16).digest()
    assert checksum(GIVEN).hex() == "bb229ae602350458dbf911322b7c4c2c"


@pytest.mark.parametrize("field", Session._fields)
def test_it_depends_on_every_field(field):
    """One bit is enough."""
    value = getattr(GIVEN, field)
    other = {str: lambda: value[:-1] + "é", bytes: lambda: value[:-1] + b"\x80", int: lambda: value ^ 1}
    assert checksum(GIVEN._replace(**{field: other[type(value)]()})) != checksum(GIVEN)


def test_no_time_is_another_than_time_0():
    """Both are written as 0, with a byte that tells them apart."""
    assert checksum(GIVEN._replace(time=None)) != checksum(GIVEN._replace(time=0))


def test_fields_cannot_be_shifted_into_each_other():
    """A byte that moves from one field to the next is seen, as the lengths are part of it."""
    moved = GIVEN._replace(memory=GIVEN.memory + GIVEN.answers[:1], answers=GIVEN.answers[1:])
    assert checksum(moved) != checksum(GIVEN)
