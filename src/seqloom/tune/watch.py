"""Who looks on while a trial is trained, and ends it where it is not worth going on."""

from collections.abc import Callable

from seqloom.train import Moment, Quiet
from seqloom.train.state import Line

Report = Callable[[float, int, bool], None]
"""Told a number, the epoch it is of, and whether that was the last one there can be."""


class Unfinished(Exception):  # noqa: N818 - not an error: the trial is to be tried again
    """A trial that was stopped for a reason that says nothing of its settings."""


class Surplus(Unfinished):
    """A trial more than the budget has, begun while another process began the last one."""


class Watch(Quiet):
    """Tells of every epoch, and asks whether to go on; what it raises ends the training cleanly.

    Args:
        report: told the criterion of an epoch; raises what ends a trial that is to be pruned.
        stopping: whether the search is to end now.
        measure: the number to report; None: the validation criterion of the epoch.
    """

    def __init__(
        self, report: Report, stopping: Callable[[], bool], measure: Callable[[], float] | None = None
    ) -> None:
        self._report, self._stopping, self._measure = report, stopping, measure
        self._last = 0

    def begin(self, *, epochs: int, updates: int, done: int) -> None:  # noqa: ARG002 - the protocol's signature
        """Know the last epoch."""
        self._last = epochs

    def advance(self, moment: Moment) -> None:  # noqa: ARG002 - the protocol's signature
        """End the training where the search ends.

        Raises:
            Unfinished: the search ends.
        """
        if self._stopping():
            raise Unfinished

    def complete(self, line: Line, *, best: bool) -> None:  # noqa: ARG002 - the protocol's signature
        """Report the epoch."""
        value, epoch = float(line["validation"]) if self._measure is None else self._measure(), int(line["epoch"])
        self._report(value, epoch, epoch >= self._last)
