"""A call while it is read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import orjson

from seqloom.errors import InputError, SeqloomError
from seqloom.live.answers import Answer
from seqloom.live.call import Call, Reply
from seqloom.live.memory import Memory
from seqloom.live.reading import Reading, moment
from seqloom.live.stepper import Stepped
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


class Visit:
    """A call at its stream: reading after reading, until all are read or one is wrong.

    Args:
        call: the call.
        live: the stream as it was before.
        answers: to the readings at the beginning of the call that were acknowledged before.
    """

    def __init__(self, call: Call, live: Live, answers: Sequence[tuple[int, Answer | None]]) -> None:
        self.call, self.live = call, live
        self.answers = answers
        self.fresh: list[tuple[int, Stepped]] = []
        self.error: SeqloomError | None = None

    @property
    def waiting(self) -> bool:
        """Whether there is a further reading to be read."""
        return self.error is None and len(self.answers) + len(self.fresh) < len(self.call.readings)

    @property
    def memory(self) -> Memory:
        """What the model remembers before that reading."""
        return self.fresh[-1][1].memory if self.fresh else self.live.memory

    @property
    def next(self) -> Reading:
        """That reading."""
        return self.call.readings[len(self.answers) + len(self.fresh)]

    @property
    def after(self) -> Live:
        """The stream after all that was read."""
        told = [(seq, found.answer) for seq, found in self.fresh]
        return replace(self.live, seq=self.live.seq + len(told), memory=self.memory, answers=told)

    def take(self, result: Stepped | InputError) -> None:
        """What came of the next reading."""
        if isinstance(result, Stepped):
            self.fresh.append((self.live.seq + len(self.fresh), result))
        else:
            self.error = result

    def reply(self) -> Reply:
        """What the client is told."""
        told = [(seq, found.answer) for seq, found in self.fresh]
        return Reply(self.call.stream, self.live.epoch, self.live.seq + len(told), [*self.answers, *told], self.error)

    def records(self, digest: str, at: int) -> list[Record]:
        """What is kept of the new predictions.

        Args:
            digest: of the artifact.
            at: the time, microseconds since 1970.
        """
        readings = self.call.readings[len(self.answers) :]
        return [
            Record(
                stream=self.call.stream,
                epoch=self.live.epoch,
                seq=seq,
                digest=digest,
                at=at,
                time=moment(found.memory.last),
                inputs=_written(reading),
                prediction=orjson.dumps(found.answer),
            )
            for (seq, found), reading in zip(self.fresh, readings, strict=False)
        ]


def _written(reading: Reading) -> bytes:
    """A reading as JSON, from which it can be made again; time stamps as text."""
    named = {"values": dict(reading.values), "time": reading.time, "ahead": [dict(own) for own in reading.ahead]}
    return orjson.dumps(named, default=str)
