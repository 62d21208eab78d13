"""What runs in the process that is killed: the command `seqloom stream` on two pipes."""

import itertools
import os
import sys
from multiprocessing.connection import Connection

from benchmarks.reliability.accumulator import twin
from seqloom.artifact import Bundle, load
from seqloom.cli import stream  # noqa: F401 - loaded once, before processes fork
from seqloom.cli.main import run
from seqloom.serve import ServerSettings, Source, models, serve
from seqloom.store import open_store

# A process that forks from one in which this module is loaded starts in milliseconds: the model, which brings all
# libraries and compiled kernels with it, was loaded once.
ARTIFACT = os.environ.get("SEQLOOM_RELIABILITY", "")
BUNDLES = [load(path) for path in (ARTIFACT, twin(ARTIFACT))] if ARTIFACT else []
OFTEN, ALL = 0.05, 1_000_000
"""Seconds between two changes of the model, and readings of a stream that the other one then reads again."""


class Turns(Source):
    """Two models that add alike, and take turns."""

    def __init__(self) -> None:
        super().__init__(ARTIFACT)
        self._turns = itertools.cycle(reversed(BUNDLES))

    def load(self) -> Bundle:
        """The other one."""
        return next(self._turns)

    def changed(self) -> bool:
        """Always."""
        return True


def answer(store: str, lines: Connection, answers: Connection) -> None:
    """Be `seqloom stream`, until the pipe ends or the process does.

    Args:
        store: address of the store; empty: none, and everything is gone with the process.
        lines: the end of a pipe to read from.
        answers: the end of a pipe to write to.
    """
    os.dup2(lines.fileno(), 0)
    os.dup2(answers.fileno(), 1)
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115 - file descriptors
    sys.exit(run(["stream", ARTIFACT, *(["--store", store] if store else [])]))


def serving(store: str, port: Connection, *, changing: bool = False) -> None:
    """Be `seqloom serve`, until the process ends.

    Args:
        store: address of the store.
        port: is told the address where it answers.
        changing: whether the model changes all the time.
    """
    models.SECONDS = OFTEN
    settings = ServerSettings(port=0, records=changing, changed=ALL if changing else "refuse", follow=changing)
    with open_store(store) as found:
        serve(BUNDLES[0], found, settings, port.send, Turns() if changing else None)
