import pytest

from seqloom.read.abc_pitch import chord_notes, pitch, signature

SHARPS = {"C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5, "F#": 6, "F": -1, "Bb": -2, "Eb": -3, "Cm": -3, "Am": 0}


@pytest.mark.parametrize(("key", "sharps"), SHARPS.items())
def test_keys_have_their_sharps_and_flats(key, sharps):
    """The number of signs is that of the circle of fifths."""
    found = signature(key)
    assert sum(found.values()) == sharps
    assert len(found) == abs(sharps)


@pytest.mark.parametrize(("mode", "sharps"), [("Dmix", 1), ("D mixolydian", 1), ("Ador", 1), ("Emin", 1), ("Flyd", 0)])
def test_modes_are_known(mode, sharps):
    """A mode has the signs of its major key."""
    assert sum(signature(mode).values()) == sharps


@pytest.mark.parametrize("text", ["H", "Gfoo", "1"])
def test_what_is_no_key_has_no_signature(text):
    """The reader can then say so."""
    assert signature(text) is None


def test_pitches_are_those_of_midi():
    """Capital C is the C in the middle, small letters are an octave higher, commas and apostrophes move octaves."""
    assert [pitch(*note) for note in (("C", "", 0), ("c", "", 0), ("A", ",,", 0), ("b", "'", 1))] == [60, 72, 45, 96]


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("C", {0, 4, 7}),
        ("F#m", {6, 9, 1}),
        ("Bb7", {10, 2, 5, 8}),
        ("Gd", {7, 10, 1}),
        ("Ea", {4, 8, 0}),
        ("(E7)", {4, 8, 11, 2}),
        ("G7/b", {7, 11, 2, 5}),
        ("C/d", {0, 2, 4, 7}),
    ],
)
def test_chords_lie_below_the_middle(name, places):
    """The notes of a chord are those of its name, all in the octave below the C in the middle."""
    notes = chord_notes(name)
    assert {note % 12 for note in notes} == places
    assert all(48 <= note < 60 for note in notes)


@pytest.mark.parametrize("text", ["slowly", "", "H7", "D.C."])
def test_other_texts_are_no_chords(text):
    """A remark above the tune sounds like nothing."""
    assert chord_notes(text) is None
