from fractions import Fraction

from seqloom.read.abc_event import Event


def test_a_rest_has_no_notes_and_changes_no_chord():
    """What is left out is silence under the chord of before."""
    assert Event(Fraction(1, 8)) == Event(Fraction(1, 8), notes=(), chord=None)
