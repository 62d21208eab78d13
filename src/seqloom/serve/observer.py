"""What a batcher tells of its work."""


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

    def failed(self) -> None:
        """The store refused a round."""

    def refused(self) -> None:
        """A call was not taken, since too many wait."""
