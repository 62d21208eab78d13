"""What a client asks of a stream, what it is answered, and which of its readings are new."""

from collections.abc import Sequence
from typing import NamedTuple

from seqloom.errors import EpochError, GapError, SeqloomError
from seqloom.live.answers import Answer
from seqloom.live.reading import Reading


class Call(NamedTuple):
    """Some readings of a stream, one after the other.

    Args:
        stream: its name.
        readings: the readings.
        seq: number of the first one, from 0 on; None: the next one, whichever it is.
        epoch: of the stream; None: the present one.
        begin: whether the stream begins anew with them. Where the epoch is given, it is the one that begins: a stream
            that is in it already is not begun again, so that a repeated call is answered as it was.
        end: whether the stream is removed when they are read.
    """

    stream: str
    readings: Sequence[Reading]
    seq: int | None = None
    epoch: int | None = None
    begin: bool = False
    end: bool = False

    @property
    def begins(self) -> str | None:
        """The stream, if the call would begin it where it is not there; None: it goes on with one, or is refused."""
        return self.stream if self.begin or not (self.seq or self.epoch) else None


class Reply(NamedTuple):
    """What became of a call.

    Args:
        stream: its name.
        epoch: of the stream.
        acknowledged: so many readings of this epoch are acknowledged: the number of the next one.
        answers: number of each reading and what was answered; None where an answer given before is no longer kept.
        error: what is wrong with the reading after these; None: nothing, all were read.
    """

    stream: str
    epoch: int
    acknowledged: int
    answers: Sequence[tuple[int, Answer | None]] = ()
    error: SeqloomError | None = None


def repeated(call: Call, epoch: int, seq: int) -> int:
    """How many readings at the beginning of a call were acknowledged before.

    Args:
        call: the call.
        epoch: the present one of its stream.
        seq: the number that is expected next.

    Raises:
        EpochError: the call belongs to another epoch.
        GapError: readings before the first are missing.

    Example:
        >>> [repeated(Call("a", [Reading({})] * 3, seq=first), epoch=0, seq=5) for first in (1, 4, 5)]
        [3, 1, 0]
    """
    where = f"stream '{call.stream}'"
    if call.epoch is not None and call.epoch != epoch:
        expected, came = f"epoch {epoch}", str(call.epoch)
        fix = "begin again with reading 0" if call.epoch < epoch else "send the stream from its beginning"
        raise EpochError(where, number=epoch, expected=expected, came=came, fix=fix)
    first = seq if call.seq is None else call.seq
    if first > seq:
        fix = f"send the readings from {seq} on"
        raise GapError(where, number=seq, expected=f"reading {seq}", came=str(first), fix=fix)
    return min(len(call.readings), seq - first)
