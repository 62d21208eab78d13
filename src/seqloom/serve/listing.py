"""A page of the names of streams."""

from dataclasses import dataclass

from seqloom.live import Engine, Operated, Operation


@dataclass(frozen=True)
class Listing(Operation):
    """Names of streams in order.

    Args:
        after: those that follow this one; the empty name comes before all.
        limit: so many at most.
    """

    after: str
    limit: int

    @property
    def streams(self) -> tuple[str, ...]:
        """None: nobody has to wait for it."""
        return ()

    def operate(self, engine: Engine) -> Operated:
        """See `Operation.operate`."""
        found = engine.streams(after=self.after, limit=self.limit)
        following = found[-1] if len(found) == self.limit else None
        return Operated({"streams": found, "after": following, "count": engine.count()})
