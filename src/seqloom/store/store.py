"""Where sessions are kept: the contract of every store."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cached_property
from types import TracebackType
from typing import Self

from seqloom.store.change import Change
from seqloom.store.record import Record
from seqloom.store.session import Session

Place = tuple[int, int]
"""Where a record stands among all: when it was made, and its number."""


class Store(ABC):
    """Sessions of streams by name, and records of what they were answered.

    A store has one owner: a second one on the same data refuses to open. Its methods are called by one thread at a
    time, not always the same. What was committed is still there after the process is killed or the machine loses its
    power. Every method raises `StorageError` where the disk or the server refuses, or the store is closed; it can be
    used again as soon as they no longer refuse.
    """

    @cached_property
    def lock(self) -> threading.Lock:
        """Held by each of several threads while it uses the store."""
        return threading.Lock()

    @abstractmethod
    def commit(self, change: Change) -> None:
        """Make a change durable, all of it together.

        Where this raises, nothing of it may be acknowledged and none of it shows; only if the disk or the connection
        failed in the last moment may it turn out, after a restart, to have been kept, and then as a whole. Committing
        the same again is always right.

        Raises:
            StorageError: the disk or the server refused.
        """

    @abstractmethod
    def session(self, stream: str) -> Session | None:
        """The session of a stream; None: there is none.

        Raises:
            DamagedStreamError: what is stored of it cannot be read, or does not match its checksum.
            InputError: no stream can have this name.
            StorageError: the disk or the server refused.
        """

    @abstractmethod
    def streams(self, *, after: str = "", limit: int = 100) -> list[str]:
        """Names of streams in order of their UTF-8 bytes, those that follow `after`, at most `limit`."""

    @abstractmethod
    def count(self) -> int:
        """How many streams there are."""

    def record(self, stream: str, epoch: int, seq: int) -> Record | None:
        """The record of one prediction; None: it was not made, or is no longer kept."""
        found = self.stretch(stream, epoch, seq, seq)
        return found[0] if found else None

    @abstractmethod
    def stretch(self, stream: str, epoch: int, first: int, last: int) -> list[Record]:
        """The records of a stream's predictions from the number `first` to `last`, as far as they are kept."""

    @abstractmethod
    def page(self, after: Place) -> tuple[list[Record], Place]:
        """Some records in the order they were made: those that follow a place.

        Args:
            after: the place; a time and -1 stands before all records of that time.

        Returns:
            The records, none where there are no more, and the place of the last one.
        """

    @abstractmethod
    def records(self, *, since: int = 0, stream: str | None = None) -> Iterator[Record]:
        """Records made at `since` (microseconds since 1970) or later.

        In the order they were made; those of one stream in the order of epoch and seq. Between two of them the store
        may be used and changed.
        """

    @abstractmethod
    def recent(self, stream: str, *, limit: int = 100) -> list[Record]:
        """The last records of a stream by epoch and seq, the earliest of them first, at most `limit`."""

    @abstractmethod
    def since(self, count: int) -> int:
        """The time from which on there are about so many records, the latest; 0: there are no more than these."""

    @abstractmethod
    def tell(self, stream: str, epoch: int, seq: int, truth: bytes) -> bool:
        """Add to a record what came true, JSON; durable when this returns.

        Returns:
            Whether there is such a record.
        """

    @abstractmethod
    def forget(self, before: int, *, limit: int | None = None) -> int:
        """Remove records made before this time, microseconds since 1970, the oldest first.

        Args:
            before: the time.
            limit: most records to remove in this call, so that it does not hold up others; None: all.

        Returns:
            How many were removed.
        """

    @abstractmethod
    def close(self) -> None:
        """Let the store go; it may be opened again, by anybody. Closing twice does no harm."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
