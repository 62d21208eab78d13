"""What a batcher tells of its work."""

from collections.abc import Sequence

from seqloom.store import Record


class Observer:
    """Nobody; one who wants to know overrides these."""

    def stepped(self, calls: int, readings: int, seconds: float) -> None:
        """Calls were read together.

        Args:
            calls: how many.
            readings: new ones, of all of them.
            seconds: how long it took.
        """

    def committed(self, seconds: float) -> None:
        """A round is durable.

        Args:
            seconds: how long it took.
        """

    def recorded(self, records: Sequence[Record]) -> None:
        """Predictions of a round that is durable now; told in the thread that commits, which must not wait.

        Args:
            records: of them, those of a stream in order; one of which the truth became known, again.
        """

    def failed(self) -> None:
        """The store refused a round."""

    def refused(self) -> None:
        """A call was not taken, since too many wait."""

    def full(self, count: int) -> None:
        """Streams were not begun, since there are as many as the server takes.

        Args:
            count: how many.
        """

    def expired(self, outcome: str) -> None:
        """A stream that nobody read on with was let go of.

        Args:
            outcome: what became of it, see `Expire`.
        """


class Observers(Observer):
    """Several, each of whom is told everything.

    Args:
        each: of them.
    """

    def __init__(self, *each: Observer) -> None:
        self._each = each

    def stepped(self, calls: int, readings: int, seconds: float) -> None:
        """See `Observer.stepped`."""
        for one in self._each:
            one.stepped(calls, readings, seconds)

    def committed(self, seconds: float) -> None:
        """See `Observer.committed`."""
        for one in self._each:
            one.committed(seconds)

    def recorded(self, records: Sequence[Record]) -> None:
        """See `Observer.recorded`."""
        for one in self._each:
            one.recorded(records)

    def failed(self) -> None:
        """See `Observer.failed`."""
        for one in self._each:
            one.failed()

    def refused(self) -> None:
        """See `Observer.refused`."""
        for one in self._each:
            one.refused()

    def full(self, count: int) -> None:
        """See `Observer.full`."""
        for one in self._each:
            one.full(count)

    def expired(self, outcome: str) -> None:
        """See `Observer.expired`."""
        for one in self._each:
            one.expired(outcome)
