"""Python's collector of cycles, kept from looking through everything again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (50_000, 20, 100)
"""Objects between two collections of the youngest, and collections of one age until the next one is collected, too."""


@contextmanager
def rarely() -> Iterator[None]:
    """Collect rarely, and never what is there already: the model and its libraries stay.

    With 10,000 streams in memory a full collection takes more than 100 ms, during which nobody is answered. What a
    server makes for a call is let go without the collector.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
