"""Python's interpreter, set for a process that answers many at a time."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (50_000, 20, 100)
"""Objects between two collections of the youngest, and collections of one age until the next one is collected, too."""
TURN = 0.002
"""Seconds for which a thread may go on computing while another one wants to."""


@contextmanager
def answering() -> Iterator[None]:
    """Let threads take turns quickly, and collect cycles rarely; in the end all is as before.

    The thread that speaks to clients waits for the one that computes whenever it comes back from the network. With
    Python's own five milliseconds for a turn, WebSockets carried a third less on a machine that did other work, than
    with one; on a quiet machine half a millisecond carried a sixth less than five, and two as much.

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
