"""Python's interpreter, set for a process that answers many at a time."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (50_000, 20, 100)
"""Objects between two collections of the youngest, and collections of one age until the next one is collected, too."""
TURN = 0.0005
"""Seconds for which a thread may go on computing while another one wants to."""


@contextmanager
def answering() -> Iterator[None]:
    """Let threads take turns quickly, and collect cycles rarely; in the end all is as before.

    The thread that speaks to clients waits for the one that computes whenever it comes back from the network: with
    Python's own five milliseconds for a turn, answers took half as long again, and WebSockets carried a third less.

    With 10,000 streams in memory a full collection takes more than 100 ms, during which nobody is answered. What is
    there already, the model and its libraries, stays; what a server makes for a call is let go without the collector.
    """
    thresholds, turn = gc.get_threshold(), sys.getswitchinterval()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        gc.set_threshold(*thresholds)
        gc.unfreeze()
