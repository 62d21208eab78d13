import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings, read

EIGHTHS = ReadSettings(note_step="eighth")
TUNES = """% two tunes
X:1
T:One
M:4/4
L:1/8
K:C
C2 "G"E |: G :|

X: 7
T:Two % a remark
M:4/4
K:G
F4|
"""


def test_every_tune_is_a_sequence(write):
    """Tunes are called by file, number and title; repeats are played, chords sound until the next one."""
    dataset = read(write("a.abc", TUNES), settings=EIGHTHS)
    assert dataset.keys.tolist() == ["a 1: One", "a 7: Two"]
    assert dataset.lengths.tolist() == [5, 4]
    assert dataset.steps["C4"][:5].tolist() == [1, 1, 0, 0, 0]
    assert dataset.steps["G4"][:5].tolist() == [0, 0, 0, 1, 1]
    assert dataset.steps["G3"][:5].tolist() == [0, 0, 1, 1, 1]
    assert dataset.steps["F#4"][5:].tolist() == [1, 1, 1, 1]


def test_a_line_of_notes_may_look_like_a_field(write):
    """A line that begins with a note and the end of a repeat is no field."""
    assert read(write("a.abc", "X:1\nL:1/8\nK:C\nC\nE:|\n"), settings=EIGHTHS).lengths.tolist() == [4]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("X:1\nK:C\nC%%\nAB;\n", "a.abc, line 4: expected notes, bars and chords of ABC, came ';' at column 3"),
        ("X:1\nT:x\nABC\n", "a.abc, line 3: expected a key before the notes, came ABC"),
        ("ABC\n", "a.abc, line 1: expected a tune that begins with X:, came ABC"),
        ("X:1\nK:C\nz4|\n", "a.abc, line 1, tune 1: expected at least one note, came none"),
        ("X:1\nK:C\nV:2\nA\n", "a.abc, line 3: expected tunes of one voice"),
        ("X:1\nK:C\nC,,,,,,\n", "a.abc, line 1, tune 1: expected a note from 21"),
        ("% nothing\n", "a.abc: expected at least one piece of music, came none"),
    ],
)
def test_broken_tunes_are_refused(write, text, message):
    """One line names file and line."""
    with pytest.raises(DataError, match=message):
        read(write("a.abc", text), settings=EIGHTHS)


def test_broken_tunes_can_be_skipped(write):
    """With on_error skip the others are read, and the notes name what was left out."""
    path = write("a.abc", TUNES + "\nX:8\nK:C\nA?\n")
    dataset = read(path, settings=EIGHTHS.model_copy(update={"on_error": "skip"}))
    assert len(dataset) == 2
    assert "left out: tune 8 of a.abc, line 17" in dataset.notes[0]


def test_texts_that_are_no_chords_are_told(write):
    """A remark in quotes is left out, and a note says so."""
    assert read(write("a.abc", 'X:1\nK:C\n"slowly"A\n')).notes == (
        "quoted texts that are no chords were left out: 'slowly'",
    )


@pytest.mark.shared
def test_bars_of_the_nottingham_tunes_are_as_long_as_their_meter_says(shared_data):
    """All waltzes but those with a pickup last a whole number of bars of three quarters."""
    dataset = read(shared_data / "nottingham" / "ABC_cleaned" / "waltzes.abc", settings=EIGHTHS)
    assert len(dataset) == 52
    assert (dataset.lengths % 6 == 0).mean() > 0.8
