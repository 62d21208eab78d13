"""Loading what a command needs, without looking for garbage meanwhile."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Let no collection of cycles come between imports; what is loaded stays, and is no longer looked through.

    Modules are made of hundreds of thousands of objects that live as long as the process. To look through them again
    and again while there are ever more of them takes an eighth of the time that loading torch takes.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
