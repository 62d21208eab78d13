"""A call while it is read."""

from collections.abc import Sequence
from typing import NamedTuple

import orjson

from seqloom.live.answers import Answer
from seqloom.live.call import Call, Reply
from seqloom.live.memory import Memory
from seqloom.live.reading import Reading, moment
from seqloom.live.stepper import Stretch
from seqloom.store import Record


class Live(NamedTuple):
    """A stream as the engine holds it: what its session says, decoded.

    Args:
        epoch: of the stream.
        seq: the number expected next.
        memory: what the model remembers.
        answers: of the last call.
    """

    epoch: int
    seq: int
    memory: Memory
    answers: Sequence[tuple[int, Answer]] = ()


def met(call: Call, found: Live | None, begin: Memory) -> Live:
    """The stream that a call reads on with.

    Args:
        call: the call.
        found: the stream as it is; None: there is none.
        begin: the memory of a stream before its first reading.
    """
    if not call.begin:
        return found or Live(0, 0, begin)
    following = 0 if found is None else found.epoch + 1
    epoch = following if call.epoch is None else call.epoch
    return Live(epoch, 0, begin) if found is None or epoch > found.epoch else found


class Visit:
    """A call at its stream.

    Args:
        call: the call.
        live: the stream as it was before; `found` says how far it came.
        answers: to the readings at the beginning of the call that were acknowledged before.
    """

    __slots__ = ("after", "answers", "call", "found", "fresh", "live")

    def __init__(self, call: Call, live: Live, answers: Sequence[tuple[int, Answer | None]]) -> None:
        self.call, self.live = call, live
        self.answers = answers
        self.found = Stretch(live.memory)
        self.fresh: list[tuple[int, Answer]] = []
        """The new answers, with the numbers of their readings."""
        self.after = live
        """The stream after all that was read."""

    @property
    def readings(self) -> Sequence[Reading]:
        """Those that are to be read."""
        return self.call.readings[len(self.answers) :] if self.answers else self.call.readings

    @property
    def moved(self) -> bool:
        """Whether the stream came further."""
        return bool(self.fresh)

    @property
    def ends(self) -> bool:
        """Whether nothing is left of the stream: all was read, and that was the end of it."""
        return self.call.end and self.found.error is None

    def came(self, found: Stretch) -> None:
        """Note how far the stream came."""
        live, self.found = self.live, found
        self.fresh = list(enumerate(found.answers, start=live.seq))
        if self.fresh:
            self.after = Live(live.epoch, live.seq + len(self.fresh), found.memory, self.fresh)

    def reply(self) -> Reply:
        """What the client is told."""
        told = [*self.answers, *self.fresh] if self.answers else self.fresh
        return Reply(self.call.stream, self.live.epoch, self.after.seq, told, self.found.error)

    def records(self, digest: str, at: int) -> list[Record]:
        """What is kept of the new predictions.

        Args:
            digest: of the artifact.
            at: the time, microseconds since 1970.
        """
        stream, epoch, last = self.call.stream, self.live.epoch, self.after.seq - 1
        norm = self.found.memory.norm
        return [
            Record(
                stream,
                epoch,
                seq,
                digest,
                at,
                moment(time),
                _written(reading),
                orjson.dumps(answer),
                norm=norm if seq == last else None,
            )
            for (seq, answer), time, reading in zip(self.fresh, self.found.times, self.readings, strict=False)
        ]


def _written(reading: Reading) -> bytes:
    """A reading as JSON, from which it can be made again; time stamps as text."""
    values = reading.values if type(reading.values) is dict else dict(reading.values)
    ahead = [dict(own) for own in reading.ahead] if reading.ahead else ()
    return orjson.dumps({"values": values, "time": reading.time, "ahead": ahead}, default=str)
