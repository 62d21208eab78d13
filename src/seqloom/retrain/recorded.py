"""Recorded readings, put together again to the sequences they are of."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from seqloom.artifact import Bundle
from seqloom.live import Stepper
from seqloom.retrain.gathering import Gathering
from seqloom.sequence import SequenceDataset, Stretch, stretches
from seqloom.store import Record


@dataclass(frozen=True)
class Piece:
    """Readings of a stream that follow each other without a gap: one sequence of the data set.

    Args:
        stream: its name.
        epoch: of the stream.
        first: number of the first of them.
    """

    stream: str
    epoch: int
    first: int


@dataclass(frozen=True)
class Recorded:
    """What a store knows, as data to learn from.

    Args:
        dataset: one sequence for each piece, with the targets that came true.
        pieces: where each comes from.
        left_out: readings that are in none: without a target that came true, or of no use to the model.
    """

    dataset: SequenceDataset
    pieces: tuple[Piece, ...]
    left_out: int

    def only(self, kept: Sequence[Stretch]) -> "Recorded":
        """What is recorded of some stretches of the data set."""
        offsets, pieces = self.dataset.offsets, []
        for sequence, start, _ in kept:
            own = self.pieces[sequence]
            pieces.append(replace(own, first=own.first + start - int(offsets[sequence])))
        return Recorded(stretches(self.dataset, kept), tuple(pieces), self.left_out)


def recorded(records: Iterable[Record], bundle: Bundle) -> Recorded:
    """Put recorded readings together to sequences, as `read` would have found them in a file.

    Args:
        records: of any streams, those of one in the order they were made; read once, and held for no longer than it
            takes to put some thousands of them into columns.
        bundle: the model whose columns they have.

    Raises:
        DataError: no reading can be learned from.
        SettingsError: the model does not answer reading by reading.
    """
    gathering = Gathering(Stepper(bundle), _longest(bundle))
    for record in records:
        gathering.take(record)
    dataset, origins = gathering.end()
    return Recorded(dataset, tuple(Piece(*origin) for origin in origins), gathering.seen - dataset.total_steps)


def _longest(bundle: Bundle) -> int:
    """Steps of a sequence: streams go on, and are cut where whole sequences are dealt out to the parts.

    A sequence that is answered as a whole stays whole, and so does one that is itself cut in time.
    """
    match bundle.profile.get("lengths"):
        case [*_, int(most)] if bundle.schema.per_step_target and not bundle.model.by_steps:
            return most
    return sys.maxsize
