from fractions import Fraction

import pytest

from seqloom.read.abc_event import Event
from seqloom.read.abc_repeats import Sign, played

SIGNS = {"[": Sign("begin"), "]": Sign("end"), "!": Sign("double"), "1": Sign("ending", 1), "2": Sign("ending", 2)}


def order(written):
    """The letters in the order in which they are played."""
    items = [SIGNS.get(letter) or Event(Fraction(1), (ord(letter),)) for letter in written]
    return "".join(chr(event.notes[0]) for event in played(items))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ab", "ab"),
        ("a[bc]d", "abcbcd"),
        ("ab]c", "ababc"),
        ("a]b]c", "aabbc"),
        ("a][b]", "aabb"),
        ("[a1b]2c!d", "abacd"),
        ("a1b]2c!d1e]2f", "abacdedf"),
        ("ab!cd]", "abcdcd"),
        ("[ab!c]", "abcabc"),
        ("a1b]2c[d]", "abacdd"),
    ],
)
def test_repeats_are_played(written, expected):
    """Repeats go back to their sign, to the last repeat or to the double bar; endings belong to their pass."""
    assert order(written) == expected
