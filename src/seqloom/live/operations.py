"""What can be done with a stream besides reading on: look, end, begin anew, copy, take a snapshot, put one back."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from seqloom.errors import DataError, MissingStreamError, SeqloomError, TakenStreamError
from seqloom.live.engine import Engine
from seqloom.live.snapshot import opened, taken
from seqloom.live.visit import Live
from seqloom.store import Change, Session


@dataclass(frozen=True)
class Operated:
    """What an operation came to; nothing is durable yet.

    Args:
        answer: what its client is told once it is, ready for JSON.
        change: what has to become durable.
        after: the streams as they are then.
    """

    answer: Mapping[str, Any]
    change: Change = field(default_factory=Change)
    after: Mapping[str, Live] = field(default_factory=dict)


class Operation(ABC):
    """One thing to be done with streams, none of which is being read meanwhile."""

    @property
    @abstractmethod
    def streams(self) -> tuple[str, ...]:
        """The streams it concerns."""

    @property
    def begins(self) -> str | None:
        """The stream that is there afterwards, if it was not before; None: it makes none."""
        return None

    @property
    def size(self) -> int:
        """How many readings it takes as long as."""
        return 1

    @abstractmethod
    def operate(self, engine: Engine) -> Operated:
        """Do it; the engine stays as it is.

        Raises:
            StreamError: it cannot be done with this stream.
            InputError: what it was given cannot be used.
            StorageError: the store refused.
        """


@dataclass(frozen=True)
class OfOne(Operation):
    """An operation on one stream.

    Args:
        stream: which.
    """

    stream: str

    @property
    def streams(self) -> tuple[str, ...]:
        """The one."""
        return (self.stream,)

    def live(self, engine: Engine) -> Live:
        """The stream as it is.

        Raises:
            MissingStreamError: it is not there.
        """
        found = engine.find(self.stream)
        if found is None:
            expected, fix = "the name of a stream", "correct the name, or begin it with its first reading"
            raise MissingStreamError(f"stream {shown(self.stream)}", expected=expected, came="an unknown one", fix=fix)
        return found


class Look(OfOne):
    """How far a stream is."""

    def operate(self, engine: Engine) -> Operated:
        """See `Operation.operate`."""
        return Operated(standing(self.stream, self.live(engine)))


class End(OfOne):
    """Remove a stream; one that is damaged, or of another model, too."""

    def operate(self, engine: Engine) -> Operated:  # noqa: ARG002 - nothing has to be known of it
        """See `Operation.operate`."""
        return Operated({"stream": self.stream, "ended": True}, Change(ended=[self.stream]))


class Reset(OfOne):
    """Begin a stream anew, in its next epoch."""

    def operate(self, engine: Engine) -> Operated:
        """See `Operation.operate`."""
        return _kept(engine, self.stream, Live(self.live(engine).epoch + 1, 0, engine.stepper.begin()))


@dataclass(frozen=True)
class Fork(OfOne):
    """Copy a stream: both go on from where it is, each by itself.

    Args:
        stream: which.
        to: the name of the copy.
    """

    to: str

    @property
    def streams(self) -> tuple[str, ...]:
        """The stream and its copy."""
        return (self.stream, self.to)

    @property
    def begins(self) -> str:
        """The copy."""
        return self.to

    def operate(self, engine: Engine) -> Operated:
        """See `Operation.operate`."""
        if self.stream == self.to or engine.find(self.to) is not None:
            expected, fix = "a name that no stream has", "choose another name, or end that stream"
            raise TakenStreamError(f"stream {shown(self.to)}", expected=expected, came="one that is there", fix=fix)
        return _kept(engine, self.to, self.live(engine))


class Snapshot(OfOne):
    """All there is of a stream, as a document that `Restore` takes."""

    def operate(self, engine: Engine) -> Operated:
        """See `Operation.operate`."""
        return Operated(taken(engine.session(self.stream, self.live(engine))))


@dataclass(frozen=True)
class Restore(OfOne):
    """Put a snapshot in the place of a stream.

    A stream that is there goes on in its next epoch, so that nobody takes the numbers of its old readings for those of
    the new ones; one that is not keeps the epoch of the snapshot.

    Args:
        stream: which; it need not be the one the snapshot was taken of.
        document: what `Snapshot` answered.
    """

    document: Mapping[str, Any]

    @property
    def begins(self) -> str:
        """The stream itself."""
        return self.stream

    def operate(self, engine: Engine) -> Operated:
        """See `Operation.operate`."""
        live = _restored(engine, opened(self.document, engine.digest)._replace(stream=self.stream))
        before = engine.find(self.stream)
        epoch = live.epoch if before is None else max(live.epoch, before.epoch + 1)
        return _kept(engine, self.stream, live._replace(epoch=epoch))


@dataclass(frozen=True)
class Tell(OfOne):
    """Say what came true after readings of a stream: their records say it from then on.

    Args:
        stream: which; it may have ended since.
        epoch: of the readings; None: the present one.
        truths: by the number of the reading what came true, as JSON.
    """

    epoch: int | None
    truths: Mapping[int, bytes]

    @property
    def size(self) -> int:
        """See `Operation.size`."""
        return max(1, len(self.truths))

    def operate(self, engine: Engine) -> Operated:
        """See `Operation.operate`; readings without a record are named."""
        epoch = self.live(engine).epoch if self.epoch is None else self.epoch
        found = {seq: engine.record(self.stream, epoch, seq) for seq in self.truths}
        records = [one._replace(truth=self.truths[seq]) for seq, one in found.items() if one is not None]
        missing = [seq for seq, one in found.items() if one is None]
        answer = {"stream": self.stream, "epoch": epoch, "told": len(records), "missing": missing}
        return Operated(answer, Change(records=records))


def standing(stream: str, live: Live) -> dict[str, Any]:
    """How far a stream is, ready for JSON."""
    return {"stream": stream, "epoch": live.epoch, "acknowledged": live.seq}


def shown(stream: str) -> str:
    """A name in a message."""
    return f"'{stream}'"


def _restored(engine: Engine, session: Session) -> Live:
    """A session that came from outside, decoded."""
    expected, fix = "what this model remembers of a stream", "send the snapshot as it was taken"
    try:
        live = engine.woken(session)
    except SeqloomError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise DataError("snapshot", expected=expected, came="something else", fix=fix) from error
    kept = live.memory.kept
    if not np.isfinite(live.memory.carried).all() or len(kept.words) != len(kept):
        raise DataError(
            "snapshot, memory", expected=expected, came="numbers that are not finite, or other words", fix=fix
        )
    return live


def _kept(engine: Engine, stream: str, live: Live) -> Operated:
    """A stream that is this from now on."""
    return Operated(standing(stream, live), Change([engine.session(stream, live)]), {stream: live})
