"""Threads that share the work of compiled code."""

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

Span = tuple[int, int]


class Workers:
    """Threads that wait for work; started when first needed, and anew in a forked process."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        self._pool = None

    def share(self, work: Callable[[int, int], object], spans: Sequence[Span], threads: int) -> None:
        """Do the work of all spans, the longest first, by so many threads of which the caller's is one.

        Args:
            work: called with the ends of a span; has to release the interpreter's lock to gain from threads.
            spans: what there is to do, in the order in which it is begun.
            threads: at most this many at a time.
        """
        waiting = deque(spans)

        def take() -> None:
            while waiting:
                try:
                    span = waiting.popleft()
                except IndexError:  # another thread was faster
                    return
                work(*span)

        helpers = [self._threads().submit(take) for _ in range(min(threads, len(spans)) - 1)]
        try:
            take()
        finally:
            waiting.clear()  # after a failure nothing more is begun, and what is under way comes to its end
            failures = [helper.exception() for helper in helpers]
        for failure in filter(None, failures):
            raise failure

    def _threads(self) -> ThreadPoolExecutor:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="seqloom")
        return self._pool


def tiles(batch: int, threads: int, rows: int) -> list[Span]:
    """Sequences cut into tiles of up to so many rows, of the same height, and one for each thread where they suffice.

    Args:
        batch: how many sequences.
        threads: how many threads.
        rows: of a tile at most.

    Example:
        >>> tiles(64, 2, 24)
        [(0, 16), (16, 32), (32, 48), (48, 64)]
    """
    count = max(threads, -(-batch // rows))
    count = -(-count // threads) * threads
    height = max(1, -(-batch // count))
    return [(first, min(batch, first + height)) for first in range(0, batch, height)]


def columns(count: int, threads: int, multiple: int) -> list[Span]:
    """Columns cut into a span for each thread, each beginning at a multiple of a number.

    Example:
        >>> columns(256, 3, 64)
        [(0, 128), (128, 192), (192, 256)]
    """
    blocks = -(-count // multiple)
    share, more = divmod(blocks, threads)
    spans, first = [], 0
    for thread in range(min(threads, blocks)):
        last = first + (share + (thread < more)) * multiple
        spans.append((first, min(count, last)))
        first = last
    return spans
