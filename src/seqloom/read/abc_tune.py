"""The lines of a tune in ABC: notes, lengths, bars and signs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from seqloom.errors import DataError
from seqloom.read.abc_event import Event
from seqloom.read.abc_pitch import ACCIDENTALS, chord_notes, pitch, signature
from seqloom.read.abc_repeats import Sign

_NOTE = r"(?P<sign>\^{1,2}|_{1,2}|=)?(?P<letter>[A-Ga-g])(?P<octave>[,']*)"
_LENGTH = r"(?P<times>\d*)(?P<over>/+\d*)?"
_TOKENS = {
    "text": r'"(?P<words>[^"]*)"',
    "field": r"\[(?P<name>[KLM]):(?P<value>[^\]]*)\]",
    "ending": r"(?:\[|\|\s*)(?P<number>[1-9])",
    "bar": r"\[\||(?::*\|[|\]:]*:*)|::",
    "together": rf"\[(?P<notes>[^\]|:]*[A-Ga-g][^\]|:]*)\]{_LENGTH}",
    "note": _NOTE + _LENGTH,
    "rest": rf"[zxZX]{_LENGTH}",
    "tuplet": r"\((?P<size>[2-9])(?::(?P<time>\d*))?(?::(?P<many>\d*))?",
    "broken": r"(?P<steps>>+|<+)",
    "passed": r"![^!|]*!|\+[^+|]*\+|\{[^}]*\}|[-~.uvT\s\\()*`$y!]",
}
"""What may stand in a line of a tune; the last one has no sound and no length of its own."""
_PATTERNS = {name: re.compile(pattern) for name, pattern in _TOKENS.items()}
_SOUNDS = ("note", "together", "rest")
_EACH = re.compile(_NOTE + _LENGTH)
_TUPLET_TIME = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}
_METER = re.compile(r"(\d+)\s*/\s*(\d+)")
_SHORT_METER = Fraction(3, 4)


@dataclass
class Reader:
    """Reads a tune line by line; what a line says of key and length counts for the lines after it.

    Args:
        unit: length of a note without a number, in whole notes; None: told by the meter.
        meter: length of a bar, in whole notes.
        key: semitones by which the key raises each letter.
        items: what was read so far.
        unread: quoted texts that are no chords.
    """

    unit: Fraction | None = None
    meter: Fraction = Fraction(1)
    key: dict[str, int] = field(default_factory=dict)
    items: list[Event | Sign] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    _raised: dict[str, int] = field(default_factory=dict)
    _chord: tuple[int, ...] | None = None
    _tuplet: tuple[int, Fraction] = (0, Fraction(1))
    _broken: Fraction = Fraction(1)

    def set(self, name: str, value: str, where: str) -> None:
        """Take over a field: the key `K`, the unit of length `L`, the meter `M`; a part `P` begins after a double bar.

        Raises:
            DataError: it has no such value.
        """
        value = value.strip()
        if name == "K":
            found = signature(value)
            if found is None:
                raise DataError(where, expected="a key, as in K:Am", came=repr(value), fix="correct the line")
            self.key, self._raised = found, {}
        elif name == "P":
            self.items.append(Sign("double"))
        elif name in ("L", "M"):
            length = _fraction(value, name, where)
            if name == "L":
                self.unit = length
            else:
                self.meter = length

    def read(self, line: str, where: str) -> None:
        """Read a line of notes.

        Raises:
            DataError: something in it is no ABC; the message names the character.
        """
        for kind, found in _tokens(line, where):
            if kind in _SOUNDS:
                self._sound(kind, found, where)
                continue
            match kind:
                case "text":
                    self._read_text(found["words"])
                case "field":
                    self.set(found["name"], found["value"], where)
                case "ending":
                    self.items.append(Sign("ending", int(found["number"])))
                    self._raised = {}
                case "bar":
                    self._read_bar(found[0])
                case "tuplet":
                    self._read_tuplet(found)
                case "broken":
                    self._read_broken(found["steps"], where)

    def _sound(self, kind: str, found: re.Match[str], where: str) -> None:
        """A note, a chord or a rest; a chord lasts as long as its first note."""
        length = self._length(found, where)
        if kind == "note":
            self._add((self._pitch(found),), length)
        elif kind == "rest":
            self._add((), length * (self.meter / self._unit if found[0][0] in "ZX" else 1))
        else:
            notes = list(_EACH.finditer(found["notes"]))
            first = self._length(notes[0], where) / self._unit
            self._add(tuple(self._pitch(note) for note in notes), first * length)

    @property
    def _unit(self) -> Fraction:
        """Where no field says so, a sixteenth in meters shorter than three quarters, else an eighth."""
        return self.unit or Fraction(1, 16 if self.meter < _SHORT_METER else 8)

    def _length(self, found: re.Match[str], where: str) -> Fraction:
        over = found["over"] or ""
        below = int(over.strip("/") or 2 ** over.count("/")) if over else 1
        times = int(found["times"] or 1)
        if not below or not times:
            raise DataError(where, expected="a length above 0", came=repr(found[0]), fix="correct the note")
        return self._unit * times / below

    def _pitch(self, note: re.Match[str]) -> int:
        place = note["letter"] + note["octave"]
        if note["sign"]:
            self._raised[place] = ACCIDENTALS[note["sign"]]
        raised = self._raised.get(place, self.key.get(note["letter"].upper(), 0))
        return pitch(note["letter"], note["octave"], raised)

    def _add(self, notes: tuple[int, ...], length: Fraction) -> None:
        left, share = self._tuplet
        length *= (share if left else 1) * self._broken
        self._tuplet, self._broken = (max(0, left - 1), share), Fraction(1)
        self.items.append(Event(length, notes, self._chord))
        self._chord = None

    def _read_text(self, words: str) -> None:
        notes = chord_notes(words)
        if notes is None:
            self.unread.append(words)
        else:
            self._chord = notes

    def _read_bar(self, bar: str) -> None:
        self._raised = {}
        if bar.startswith(":"):
            self.items.append(Sign("end"))
        elif "||" in bar or "|]" in bar:
            self.items.append(Sign("double"))
        if bar.endswith(":"):
            self.items.append(Sign("begin"))

    def _read_tuplet(self, found: re.Match[str]) -> None:
        size = int(found["size"])
        compound = self.meter.denominator == 8 and self.meter.numerator % 3 == 0  # noqa: PLR2004 - as in 9/8
        time = int(found["time"] or _TUPLET_TIME.get(size, 3 if compound else 2))
        self._tuplet = (int(found["many"] or size), Fraction(time, size))

    def _read_broken(self, steps: str, where: str) -> None:
        last = self.items[-1] if self.items else None
        if not isinstance(last, Event):
            raise DataError(where, expected="a note before it", came=repr(steps), fix="correct the line")
        short = Fraction(1, 2 ** len(steps))
        long = 2 - short
        before, self._broken = (long, short) if steps[0] == ">" else (short, long)
        self.items[-1] = replace(last, length=last.length * before)


def _tokens(line: str, where: str) -> Iterator[tuple[str, re.Match[str]]]:
    """What stands in a line, one after the other."""
    place = 0
    while place < len(line):
        found = next(((name, m) for name, p in _PATTERNS.items() if (m := p.match(line, place))), None)
        if found is None:
            came = f"{line[place]!r} at column {place + 1}"
            raise DataError(where, expected="notes, bars and chords of ABC", came=came, fix="correct the line")
        yield found
        place = found[1].end()


def _fraction(value: str, name: str, where: str) -> Fraction:
    named = {"C": Fraction(1), "C|": Fraction(1), "none": Fraction(1)}
    found = _METER.fullmatch(value)
    if value in named:
        return named[value]
    if found is None or not int(found[1]) or not int(found[2]):
        expected = "a length, as in L:1/8" if name == "L" else "a meter, as in M:6/8"
        raise DataError(where, expected=expected, came=repr(value), fix="correct the line")
    return Fraction(int(found[1]), int(found[2]))
