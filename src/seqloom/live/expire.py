"""The end of streams that nobody reads on with any more."""

from dataclasses import dataclass

from seqloom.live.engine import Engine
from seqloom.live.operations import OfOne, Operated
from seqloom.live.visit import Live
from seqloom.store import Change

LEFT = "left"
"""What became of a stream: it goes on."""
RESET = "reset"
"""What became of a stream: it begins anew in its next epoch."""
FORGOTTEN = "forgotten"
"""What became of a stream: not even its name is known."""


@dataclass(frozen=True)
class Expire(OfOne):
    """Let go of what a model remembers of a stream, if it has not moved since some time.

    The stream begins anew in its next epoch, so that a client who comes back with the old one is told, and does not go
    on as if nothing had happened. One that has no reading in its epoch, as after that, is removed. Where a reading
    came in the meantime, nothing happens.

    Args:
        stream: which.
        before: the time, microseconds since 1970; a stream that came to be as it is at this time or later is left.
    """

    before: int

    def operate(self, engine: Engine) -> Operated:
        """See `Operation.operate`; a stream of another model is let go of, too.

        Raises:
            DamagedStreamError: what is stored of it is damaged: it stays for whoever looks into it.
        """
        session = engine.stored(self.stream)
        if session is None or session.at >= self.before:
            return Operated({"stream": self.stream, "outcome": LEFT})
        engine.cool(self.stream)
        if not session.seq:
            return Operated({"stream": self.stream, "outcome": FORGOTTEN}, Change(ended=[self.stream]))
        anew = Live(session.epoch + 1, 0, engine.stepper.begin())
        return Operated({"stream": self.stream, "outcome": RESET}, Change([engine.session(self.stream, anew)]))
