"""What runs in the process that is killed: the command `seqloom stream` on two pipes."""

import os
import sys
from multiprocessing.connection import Connection

from seqloom.artifact import load
from seqloom.cli import stream  # noqa: F401 - loaded once, before processes fork
from seqloom.cli.main import run
from seqloom.serve import ServerSettings, serve
from seqloom.store import open_store

# A process that forks from one in which this module is loaded starts in milliseconds: the model, which brings all
# libraries and compiled kernels with it, was loaded once.
ARTIFACT = os.environ.get("SEQLOOM_RELIABILITY", "")
BUNDLE = load(ARTIFACT) if ARTIFACT else None


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


def serving(store: str, port: Connection) -> None:
    """Be `seqloom serve`, until the process ends.

    Args:
        store: address of the store.
        port: is told the address where it answers.
    """
    if BUNDLE is None:
        raise LookupError("SEQLOOM_RELIABILITY")
    with open_store(store) as found:
        serve(BUNDLE, found, ServerSettings(port=0, records=False), port.send)
