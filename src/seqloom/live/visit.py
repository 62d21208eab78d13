"""A call while it is read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import orjson

from seqloom.live.answers import Answer
from seqloom.live.call import Call, Reply
from seqloom.live.memory import Memory
from seqloom.live.reading import Reading, moment
from seqloom.live.stepper import Stretch
from seqloom.store import Record


@dataclass(frozen=True)
class Live:
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

    def __init__(self, call: Call, live: Live, answers: Sequence[tuple[int, Answer | None]]) -> None:
        self.call, self.live = call, live
        self.answers = answers
        self.found = Stretch(live.memory)

    @property
    def readings(self) -> Sequence[Reading]:
        """Those that are to be read."""
        return self.call.readings[len(self.answers) :]

    @property
    def moved(self) -> bool:
        """Whether the stream came further."""
        return bool(self.found.answers)

    @property
    def ends(self) -> bool:
        """Whether nothing is left of the stream: all was read, and that was the end of it."""
        return self.call.end and self.found.error is None

    @property
    def fresh(self) -> list[tuple[int, Answer]]:
        """The new answers, with the numbers of their readings."""
        return list(enumerate(self.found.answers, start=self.live.seq))

    @property
    def after(self) -> Live:
        """The stream after all that was read."""
        told = self.fresh
        return replace(self.live, seq=self.live.seq + len(told), memory=self.found.memory, answers=told)

    def reply(self) -> Reply:
        """What the client is told."""
        told = self.fresh
        acknowledged = self.live.seq + len(told)
        return Reply(self.call.stream, self.live.epoch, acknowledged, [*self.answers, *told], self.found.error)

    def records(self, digest: str, at: int) -> list[Record]:
        """What is kept of the new predictions.

        Args:
            digest: of the artifact.
            at: the time, microseconds since 1970.
        """
        last = self.live.seq + len(self.found.answers) - 1
        return [
            Record(
                stream=self.call.stream,
                epoch=self.live.epoch,
                seq=seq,
                digest=digest,
                at=at,
                time=moment(time),
                inputs=_written(reading),
                prediction=orjson.dumps(answer),
                norm=self.found.memory.norm if seq == last else None,
            )
            for (seq, answer), time, reading in zip(self.fresh, self.found.times, self.readings, strict=False)
        ]


def _written(reading: Reading) -> bytes:
    """A reading as JSON, from which it can be made again; time stamps as text."""
    named = {"values": dict(reading.values), "time": reading.time, "ahead": [dict(own) for own in reading.ahead]}
    return orjson.dumps(named, default=str)
