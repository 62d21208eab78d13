"""The keys of a piano: what a frame of music is made of."""

LOWEST = 21
"""The first key as MIDI numbers it: A0."""
HIGHEST = 108
"""The last key as MIDI numbers it: C8."""

_LETTERS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")


def note_name(note: int) -> str:
    """The name of a note; 60 is the C in the middle.

    Example:
        >>> note_name(60), note_name(21), note_name(70)
        ('C4', 'A0', 'A#4')
    """
    octave, place = divmod(note, len(_LETTERS))
    return f"{_LETTERS[place]}{octave - 1}"


KEYS = tuple(note_name(note) for note in range(LOWEST, HIGHEST + 1))
"""The names of the 88 keys, from the lowest to the highest: the columns of a piano roll."""
