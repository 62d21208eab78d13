"""Pitches in ABC: keys and their signatures, accidentals, octaves, and the chords named above a tune."""

import re

_FIFTHS = "FCGDAEB"
"""Letters in the order in which sharps are added; flats are added from the end."""
_SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_MODES = {"maj": 0, "ion": 0, "mix": -1, "dor": -2, "min": -3, "aeo": -3, "m": -3, "phr": -4, "loc": -5, "lyd": 1}
"""Sharps a mode has more than the major key of the same name."""
_MIDDLE = 60
_OCTAVE = 12
_KEY = re.compile(r"([A-G])([#b]?)\s*([A-Za-z]*)")
_CHORD = re.compile(r"\(?([A-G])([#b]?)(m7|m6|m|maj7|7b9|7|6|dim|d|aug|a|\+|sus4)?(?:/([A-Ga-g])([#b+]?))?\)?")
_QUALITIES: dict[str | None, tuple[int, ...]] = {
    None: (0, 4, 7),
    "m": (0, 3, 7),
    "7": (0, 4, 7, 10),
    "m7": (0, 3, 7, 10),
    "maj7": (0, 4, 7, 11),
    "6": (0, 4, 7, 9),
    "m6": (0, 3, 7, 9),
    "7b9": (0, 4, 7, 10, 1),
    **dict.fromkeys(("d", "dim"), (0, 3, 6)),
    **dict.fromkeys(("a", "aug", "+"), (0, 4, 8)),
    "sus4": (0, 5, 7),
}
ACCIDENTALS = {"^": 1, "^^": 2, "_": -1, "__": -2, "=": 0}
_SIGNS = {"": 0, "#": 1, "+": 1, "b": -1}
CHORDS_FROM = 48
"""The C below the middle: chords are played in the octave from here on."""


def signature(key: str) -> dict[str, int] | None:
    """Semitones by which a key raises each letter it changes; None where it is no key.

    Example:
        >>> signature("D"), signature("Gm"), signature("H")
        ({'F': 1, 'C': 1}, {'B': -1, 'E': -1}, None)
    """
    if key.strip().lower() in ("", "none", "c", "hp"):
        return {"F": 1, "C": 1} if key.strip().lower() == "hp" else {}
    found = _KEY.match(key.strip())
    if found is None or (found[3] and _mode(found[3]) is None):
        return None
    sharps = _FIFTHS.index(found[1]) - 1 + 7 * _SIGNS[found[2]] + (_mode(found[3]) or 0)
    letters = _FIFTHS[: min(sharps, 7)] if sharps > 0 else _FIFTHS[::-1][: min(-sharps, 7)]
    return dict.fromkeys(letters, 1 if sharps > 0 else -1)


def _mode(name: str) -> int | None:
    return _MODES.get(name if name == "m" else name.lower()[:3], 0 if not name else None)


def pitch(letter: str, octave: str, raised: int) -> int:
    """The MIDI number of a note.

    Args:
        letter: of the note; a small one is an octave higher.
        octave: a comma for each octave down, an apostrophe for each up.
        raised: semitones up.

    Example:
        >>> pitch("C", "", 0), pitch("c", "'", 1), pitch("B", ",", -1)
        (60, 85, 58)
    """
    octaves = octave.count("'") - octave.count(",") + letter.islower()
    return _MIDDLE + _SEMITONES[letter.upper()] + _OCTAVE * octaves + raised


def chord_notes(name: str) -> tuple[int, ...] | None:
    """The notes of a chord between the two Cs below the middle of the piano; None where the text is no chord.

    A bass named after a slash is not played lower than the rest, but is there.

    Example:
        >>> chord_notes("C"), chord_notes("Am"), chord_notes("D7/f+"), chord_notes("slowly")
        ((48, 52, 55), (48, 52, 57), (48, 50, 54, 57), None)
    """
    found = _CHORD.fullmatch(name.strip())
    if found is None:
        return None
    root = _SEMITONES[found[1]] + _SIGNS[found[2]]
    places = {(root + above) % _OCTAVE for above in _QUALITIES[found[3]]}
    if found[4]:
        places.add((_SEMITONES[found[4].upper()] + _SIGNS[found[5]]) % _OCTAVE)
    return tuple(CHORDS_FROM + place for place in sorted(places))
