"""Telling whoever waits how far the training is."""

import math
import time
from dataclasses import dataclass
from typing import Literal, Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

from seqloom.train.state import Line, Stopped

SECONDS_BETWEEN_DRAWINGS = 0.25
LINES = 20


@dataclass(frozen=True)
class Moment:
    """Where a run is, between two updates.

    Args:
        epoch: the epoch under way, counted from 1.
        update: updates made, in all epochs.
        loss: mean training loss of the epoch so far.
        steps_per_second: steps of sequences trained per second, in this epoch.
    """

    epoch: int
    update: int
    loss: float
    steps_per_second: float


class Progress(Protocol):
    """Whoever is told how the training goes."""

    def announce(self, what: str) -> None:
        """What the next training is for, where it is not the only one."""

    def begin(self, *, epochs: int, updates: int, done: int) -> None:
        """Training begins, or goes on after `done` updates, towards at most this many epochs and updates in all."""

    def advance(self, moment: Moment) -> None:
        """An update was made."""

    def complete(self, line: Line, *, best: bool) -> None:
        """An epoch was completed; `best` if it is the best so far."""

    def end(self, stopped: Stopped | None) -> None:
        """Training is over; None: by an error."""


class Quiet:
    """Says nothing."""

    def announce(self, what: str) -> None:
        """Nothing."""

    def begin(self, *, epochs: int, updates: int, done: int) -> None:
        """Nothing."""

    def advance(self, moment: Moment) -> None:
        """Nothing."""

    def complete(self, line: Line, *, best: bool) -> None:
        """Nothing."""

    def end(self, stopped: Stopped | None) -> None:
        """Nothing."""


class Log(Quiet):
    """A line for the first epoch, the last, and some twenty between them, for files and pipes.

    Args:
        stream: where to write.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._epochs = 0
        self._best = ""
        self._due: Line | None = None

    def announce(self, what: str) -> None:
        """Write it on a line of its own."""
        self._stream.write(f"{what}\n")
        self._stream.flush()

    def begin(self, *, epochs: int, updates: int, done: int) -> None:  # noqa: ARG002 - the protocol's signature
        """Remember how many epochs there will be."""
        self._epochs, self._best, self._due = epochs, "", None

    def complete(self, line: Line, *, best: bool) -> None:
        """Write the epoch's line if it is one of those to be seen."""
        if best:
            self._best = f" (best {line['validation']:.5g} in epoch {line['epoch']:.0f})"
        self._due = line
        if line["epoch"] == 1 or line["epoch"] % math.ceil(self._epochs / LINES) == 0:
            self._write(line)

    def end(self, stopped: Stopped | None) -> None:  # noqa: ARG002 - the protocol's signature
        """Write the last epoch's line, if it was not."""
        if self._due is not None:
            self._write(self._due)

    def _write(self, line: Line) -> None:
        self._due = None
        self._stream.write(
            f"epoch {line['epoch']:.0f}/{self._epochs}  loss {line['loss']:.5g}  validation {line['validation']:.5g}"
            f"{self._best}  {line['seconds']:.1f} s  {line['steps_per_second']:,.0f} steps/s\n"
        )
        self._stream.flush()


class Bar:
    """A bar over the whole run, redrawn four times a second by the training thread itself.

    Args:
        stream: the terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        self._drawn = 0.0
        self._epochs = 0
        self._task = TaskID(0)
        self._progress = RichProgress(
            TextColumn("epoch {task.fields[epoch]}"),
            BarColumn(bar_width=None),
            TextColumn("loss {task.fields[loss]}  validation {task.fields[validation]}"),
            TextColumn("{task.fields[speed]} steps/s"),
            TimeRemainingColumn(),
            console=Console(file=stream),
            auto_refresh=False,
            transient=True,
        )

    def announce(self, what: str) -> None:
        """Write it above the bar."""
        self._progress.console.print(what, highlight=False)

    def begin(self, *, epochs: int, updates: int, done: int) -> None:
        """Draw the empty bar."""
        self._epochs = epochs
        self._task = self._progress.add_task(
            "training", total=updates, completed=done, epoch=f"1/{epochs}", loss="…", validation="…", speed="…"
        )
        self._progress.start()

    def advance(self, moment: Moment) -> None:
        """Redraw, if the last drawing is old enough."""
        now = time.monotonic()
        if now - self._drawn < SECONDS_BETWEEN_DRAWINGS:
            return
        self._drawn = now
        self._progress.update(
            self._task,
            completed=moment.update,
            epoch=f"{moment.epoch}/{self._epochs}",
            loss=f"{moment.loss:.4g}",
            speed=f"{moment.steps_per_second:,.0f}",
            refresh=True,
        )

    def complete(self, line: Line, *, best: bool) -> None:
        """Show the validation criterion, starred if it is the best so far."""
        self._progress.update(self._task, validation=f"{line['validation']:.4g}{'*' if best else ' '}", refresh=True)

    def end(self, stopped: Stopped | None) -> None:  # noqa: ARG002 - the protocol's signature
        """Take the bar away; what is left to say is the caller's."""
        self._progress.stop()


def progress_on(stream: TextIO, mode: Literal["auto", "bar", "log", "quiet"] = "auto") -> Progress:
    """The progress for a stream: `auto` draws a bar on a terminal and writes lines elsewhere."""
    if mode == "quiet":
        return Quiet()
    if mode == "bar" or (mode == "auto" and stream.isatty()):
        return Bar(stream)
    return Log(stream)
