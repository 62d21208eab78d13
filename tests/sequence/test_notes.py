from seqloom.sequence import HIGHEST, KEYS, LOWEST, note_name


def test_a_piano_has_88_keys_of_different_names():
    """The keys go from A0 to C8, each with its own name."""
    assert (len(set(KEYS)), KEYS[0], KEYS[-1]) == (88, "A0", "C8")
    assert len(KEYS) == HIGHEST - LOWEST + 1


def test_octaves_count_from_c():
    """A letter changes its octave at C, and concert pitch, 69, is A4."""
    assert [note_name(note) for note in (59, 60, 69)] == ["B3", "C4", "A4"]
