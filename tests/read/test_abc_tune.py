from fractions import Fraction

import pytest

from seqloom.errors import DataError
from seqloom.read.abc_event import Event
from seqloom.read.abc_repeats import Sign
from seqloom.read.abc_tune import Reader


@pytest.fixture
def read():
    """The items of a line in a key, in eighths."""

    def items(line, *fields):
        reader = Reader()
        for field in ("K:C", "L:1/8", *fields):
            reader.set(field[0], field[2:], "tune, line 1")
        reader.read(line, "tune, line 2")
        return reader.items

    return items


def notes(items):
    return [item.notes for item in items if isinstance(item, Event)]


def lengths(items):
    return [item.length * 8 for item in items if isinstance(item, Event)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("C2 C/2 C/ C3/2 C//", [2, Fraction(1, 2), Fraction(1, 2), Fraction(3, 2), Fraction(1, 4)]),
        ("z4 x", [4, 1]),
        ("Z", [8]),
        ("A>B A<B", [Fraction(3, 2), Fraction(1, 2), Fraction(1, 2), Fraction(3, 2)]),
        ("(3ABc d", [Fraction(2, 3)] * 3 + [1]),
        ("(3:2:2AB c", [Fraction(2, 3)] * 2 + [1]),
        ("[CEG]2 [C2E2]", [2, 2]),
        ("{gf}A ~B .c !trill!d e-e", [1] * 6),
    ],
)
def test_lengths_are_read(read, line, expected):
    """Numbers multiply, slashes divide; tuplets and broken rhythms share; what is ornament has no length."""
    assert lengths(read(line)) == expected


def test_accidentals_count_for_a_bar(read):
    """A sign before a note counts for later ones of its letter and octave until the bar ends, and overrules the key."""
    assert notes(read("^F F f =f | F f", "K:G")) == [(66,), (66,), (78,), (77,), (66,), (78,)]


def test_bars_and_repeats_are_signs(read):
    """Each way to write a repeat is understood."""
    assert read("|: A :| B :: C :|[1 D |2 E || F |]") == [
        Sign("begin"),
        *read("A"),
        Sign("end"),
        *read("B"),
        Sign("end"),
        Sign("begin"),
        *read("C"),
        Sign("end"),
        Sign("ending", 1),
        *read("D"),
        Sign("ending", 2),
        *read("E"),
        Sign("double"),
        *read("F"),
        Sign("double"),
    ]


def test_a_chord_begins_with_the_note_after_it(read):
    """A chord in quotes belongs to the next event, and lasts from there on."""
    first, second = read('"Am"A2 B')
    assert (first.chord, second.chord) == ((48, 52, 57), None)


def test_texts_that_are_no_chords_are_kept_apart():
    """What cannot be played can be told."""
    reader = Reader()
    reader.read('"slowly"A', "tune, line 1")
    assert reader.unread == ["slowly"]


def test_fields_within_a_line_count_from_there_on(read):
    """A new key or unit changes the notes after it."""
    assert notes(read("F[K:D]F")) == [(65,), (66,)]
    assert lengths(read("A[L:1/4]A")) == [1, 2]


def test_the_unit_follows_from_the_meter():
    """Without a unit it is a sixteenth in two quarters and an eighth in six eighths."""
    found = []
    for meter in ("2/4", "6/8", "C"):
        reader = Reader()
        reader.set("M", meter, "tune, line 1")
        reader.read("A", "tune, line 2")
        found.append(reader.items[0].length)
    assert found == [Fraction(1, 16), Fraction(1, 8), Fraction(1, 8)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("AB?C", r"tune, line 2: expected notes, bars and chords of ABC, came '\?' at column 3"),
        ("A [CE", r"came '\[' at column 3"),
        ('A "Am', "came '\"' at column 3"),
        ("A/0", "expected a length above 0, came 'A/0'"),
        ("|> A", "expected a note before it, came '>'"),
    ],
)
def test_broken_lines_are_refused(read, line, message):
    """The message names line and column."""
    with pytest.raises(DataError, match=message):
        read(line)


@pytest.mark.parametrize(
    ("field", "message"),
    [("K:H", "a key, as in K:Am, came 'H'"), ("L:x", "a length, as in L:1/8"), ("M:0/4", "a meter, as in M:6/8")],
)
def test_broken_fields_are_refused(read, field, message):
    """A field without a usable value is named."""
    with pytest.raises(DataError, match=rf"tune, line 1: expected {message}"):
        read("A", field)
