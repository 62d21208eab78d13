"""Parts of a data set read as live streams would be: what these would have been answered, and what they remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from seqloom.artifact import Bundle
from seqloom.errors import InputError
from seqloom.live.anomaly import scored
from seqloom.live.answers import Answer
from seqloom.live.example import readings
from seqloom.live.reading import Reading
from seqloom.live.stepper import Stepper
from seqloom.sequence import SequenceDataset

STREAMS = 64
"""Sequences that are read: of more, as many that lie evenly among them."""
LONGEST = 1000
"""Readings of a sequence that are played."""
LONGEST_ANEW = 200
"""The same where each answer reads the whole sequence again."""
PIECE = 64
"""Readings, at least, of a piece of a sequence that is read side by side with others."""
WARM = 100
"""Readings before a piece, where the network carries what it read: what was longer ago hardly matters."""


@dataclass(frozen=True)
class Told:
    """What one stream would have been told.

    Args:
        answers: to its readings, in order.
        norms: size of what was carried after each, see `Memory.norm`.
    """

    answers: list[Answer] = field(default_factory=list)
    norms: list[float | None] = field(default_factory=list)


@dataclass(frozen=True)
class Played:
    """What streams would have been told.

    Args:
        told: of each sequence.
        settled: readings that came before those that are told of, where a part begins within its sequences.
        longest: readings of the longest sequence, where answers depend on how many came; None: they do not.
    """

    told: Sequence[Told] = ()
    settled: int = 0
    longest: int | None = None


@dataclass
class _Piece:
    """Readings that are read one after the other, of which those before `first` are not told of."""

    name: str
    readings: list[Reading]
    first: int
    told: Told = field(default_factory=Told)


def played(bundle: Bundle, dataset: SequenceDataset, spans: NDArray[np.int64]) -> Played:
    """Read a part of a data set reading by reading, by the code that answers live streams.

    Where a model looks back at some steps only, or the part goes on with sequences that began before, it is cut into
    pieces that are read side by side, each from some readings earlier on, as if the stream had been under way. Other
    sequences are read from their beginning. What would take too long is not played: a model that reads whole sequences
    anew has short ones played only, and none that began before the part.

    Args:
        bundle: the artifact.
        dataset: the data, unprepared.
        spans: first row and end of the part in each sequence, [S, 2].

    Returns:
        Nothing of sequences that would take too long, or that the model cannot read.

    Raises:
        SettingsError: the model does not answer reading by reading.
    """
    stepper = Stepper(bundle)
    reach = stepper.model.reach
    present = np.flatnonzero(spans[:, 1] > spans[:, 0])
    if len(present) > STREAMS:
        present = present[np.linspace(0, len(present) - 1, STREAMS).round().astype(np.int64)]
    begun = np.array([spans[one, 0] > dataset.offsets[one] for one in present], bool)
    longest = LONGEST_ANEW if reach is None else LONGEST
    whole = (spans[present, 1] - spans[present, 0]) <= longest
    if (begun.any() and reach is None) or not (begun | whole).all():
        return Played()
    pieces: list[list[_Piece]] = []
    for one in present.tolist():
        first, stop = max(int(spans[one, 0]), int(spans[one, 1]) - longest), int(spans[one, 1])
        pieces.append([_piece(stepper, dataset, one, *borders) for borders in _cut(dataset, one, first, stop, reach)])
    try:
        _read(stepper, [piece for own in pieces for piece in own])
    except InputError:
        return Played()
    told = [
        Told([one for piece in own for one in piece.told.answers], [one for piece in own for one in piece.told.norms])
        for own in pieces
    ]
    if reach or begun.any():
        return Played(told, 0 if reach else WARM)
    return Played(told, 0, max(len(one.answers) for one in told))


def _cut(
    dataset: SequenceDataset, sequence: int, first: int, stop: int, reach: int | None
) -> list[tuple[int, int, int]]:
    """Row from which a piece is read, row from which it is told of, and its end."""
    begin = int(dataset.offsets[sequence])
    before = reach or WARM
    if not reach and first == begin:
        return [(begin, begin, stop)]
    size = max(PIECE, before)
    return [(max(begin, one - before), one, min(stop, one + size)) for one in range(first, stop, size)]


def _piece(stepper: Stepper, dataset: SequenceDataset, sequence: int, begin: int, first: int, stop: int) -> _Piece:
    ahead = stepper.model.sizes.horizon
    if stepper.form.known:  # it is asked only where they are known
        stop = min(stop, int(dataset.offsets[sequence + 1]) - ahead)
    own = readings(stepper.form, dataset, sequence, begin, max(begin, stop), ahead)
    return _Piece(str(dataset.keys[sequence]), own, first - begin)


def _read(stepper: Stepper, pieces: Sequence[_Piece]) -> None:
    """All pieces side by side, one reading each at a time.

    Raises:
        InputError: one has a reading that the model cannot use.
    """
    targets = stepper.form.schema.targets if stepper.model.sizes.horizon else ()
    memories = [stepper.begin()] * len(pieces)
    before: list[Answer | None] = [None] * len(pieces)
    for place in range(max((len(one.readings) for one in pieces), default=0)):
        going = [number for number, one in enumerate(pieces) if place < len(one.readings)]
        own = [[pieces[number].readings[place]] for number in going]
        names = [pieces[number].name for number in going]
        stretches = stepper.read(names, [memories[number] for number in going], own)
        for number, new, stretch in zip(going, own, stretches, strict=True):
            if stretch.error is not None:
                raise stretch.error
            (answer,) = scored(stretch, new, targets, before[number]) if targets else stretch.answers
            memories[number], before[number] = stretch.memory, answer
            if place >= pieces[number].first:
                pieces[number].told.answers.append(answer)
                pieces[number].told.norms.append(stretch.memory.norm)
