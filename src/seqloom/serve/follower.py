"""What reads along with a server: records that became durable, in a thread of its own, for which nobody waits."""

import logging
import queue
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import partial

from seqloom.artifact import Bundle
from seqloom.live import Engine
from seqloom.monitor import Facts
from seqloom.serve.observer import Observer
from seqloom.store import Record

REST = 19.0
"""For how many times as long as it looked at records the thread leaves the processor to those who answer."""
SLICE = 64
"""Records that it looks at without a rest."""
SECONDS = 1.0
"""Between two looks at the clock."""
log = logging.getLogger(__name__)


class Follower(Observer, ABC):
    """Takes the records that become durable, one commit after the other; what it cannot keep up with is left out.

    Args:
        name: of its thread.
        most: records that wait for it; more are left out and counted.
    """

    def __init__(self, name: str, most: int) -> None:
        self._most = most
        self._known: dict[str, Facts] = {}
        self._engine: Callable[[], Engine] | None = None
        self._queue: queue.Queue[Sequence[Record] | None] = queue.Queue()
        self._count_lock = threading.Lock()
        self._count = self._dropped = 0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def know(self, bundle: Bundle) -> None:
        """A model that is served, or may be."""
        self._known[bundle.digest or ""] = Facts.of(bundle)

    def start(self, engine: Callable[[], Engine]) -> None:
        """Begin, in a thread of its own.

        Args:
            engine: says which engine is at work.
        """
        self._engine = engine
        self._thread.start()

    def close(self) -> None:
        """Look at what waits, and end."""
        self._closing.set()
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    def recorded(self, records: Sequence[Record]) -> None:
        """See `Observer.recorded`."""
        with self._count_lock:  # one thread adds, the other takes away
            if self._deaf or self._count + len(records) > self._most:
                self._dropped += len(records)
                return
            self._count += len(records)
        self._queue.put(records)

    @property
    def _deaf(self) -> bool:
        """Whether nothing is taken any more."""
        return False

    def _begin(self) -> None:
        """Before the first records."""

    @abstractmethod
    def _see(self, records: Sequence[Record]) -> None:
        """The records of one commit."""

    @abstractmethod
    def _look(self) -> None:
        """What is due every second."""

    def _run(self) -> None:
        self._safely(self._begin)
        looked, ended = float("-inf"), False
        while not ended:
            if time.monotonic() - looked >= SECONDS:
                looked = time.monotonic()
                self._safely(self._look)
            ended = self._take()
        self._safely(self._look)

    def _take(self) -> bool:
        """What waits next; whether that was all."""
        try:
            records = self._queue.get(timeout=SECONDS)
        except queue.Empty:
            return False
        if records is None:
            return True
        with self._count_lock:
            self._count -= len(records)
        for first in range(0, len(records), SLICE):
            began = time.perf_counter()
            self._safely(partial(self._see, records[first : first + SLICE]))
            self._closing.wait(REST * (time.perf_counter() - began))
        return False

    def _safely(self, work: Callable[[], None]) -> None:
        """Whatever goes wrong, the next records are taken."""
        try:
            work()
        except Exception:
            log.exception("%s failed", self._thread.name)
