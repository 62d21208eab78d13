"""Sessions in the memory of this process: gone with it."""

import itertools
from collections.abc import Iterator, Sequence
from heapq import nlargest, nsmallest

from seqloom.errors import StorageError
from seqloom.store.change import Change
from seqloom.store.limits import check_after, check_count, check_moment, check_name
from seqloom.store.record import Record
from seqloom.store.session import Session
from seqloom.store.store import Place, Store

PAGE = 1000
"""Records of a page."""


class MemoryStore(Store):
    """A store that keeps nothing beyond the process, for streams inside a program and for tests.

    Example:
        >>> store = MemoryStore()
        >>> store.commit(Change(sessions=[Session("pump 7", 0, 1, "d1", b"memory", b"[]")]))
        >>> store.session("pump 7").seq
        1
    """

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}
        self._records: dict[tuple[str, int, int], Record] = {}
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._counter = itertools.count()
        self._closed = False

    def commit(self, change: Change) -> None:
        """See `Store.commit`."""
        self._check_open()
        for stream in change.ended:
            self._sessions.pop(stream, None)
        self._sessions.update((session.stream, session) for session in change.sessions)
        for record in change.records:
            key = (record.stream, record.epoch, record.seq)
            self._records[key] = record
            self._numbers.setdefault(key, next(self._counter))

    def session(self, stream: str) -> Session | None:
        """See `Store.session`."""
        self._check_open()
        check_name(stream)
        return self._sessions.get(stream)

    def streams(self, *, after: str = "", limit: int = 100) -> list[str]:
        """See `Store.streams`; code points have the order of their UTF-8 bytes."""
        self._check_open()
        check_after(after)
        return nsmallest(limit, (stream for stream in self._sessions if stream > after))

    def count(self) -> int:
        """See `Store.count`."""
        self._check_open()
        return len(self._sessions)

    def stretch(self, stream: str, epoch: int, first: int, last: int) -> list[Record]:
        """See `Store.stretch`."""
        self._check_open()
        check_name(stream)
        check_count(epoch, first, last)
        wanted: Sequence[int] = range(first, last + 1)
        if last - first > len(self._records):
            wanted = sorted(seq for *of, seq in self._records if of == [stream, epoch] and seq in wanted)
        found = (self._records.get((stream, epoch, seq)) for seq in wanted)
        return [record for record in found if record is not None]

    def records(self, *, since: int = 0, stream: str | None = None) -> Iterator[Record]:
        """See `Store.records`."""
        self._check_open()
        check_moment(since)
        if stream is None:
            return iter(self._following((since, -1))[0])
        return (record for record in self.recent(stream, limit=len(self._records)) if record.at >= since)

    def page(self, after: Place) -> tuple[list[Record], Place]:
        """See `Store.page`."""
        self._check_open()
        check_moment(*after)
        return self._following(after, PAGE)

    def recent(self, stream: str, *, limit: int = 100) -> list[Record]:
        """See `Store.recent`."""
        self._check_open()
        check_name(stream)
        places = nsmallest(limit, ((-e, -s) for name, e, s in self._records if name == stream))
        return [self._records[stream, -epoch, -seq] for epoch, seq in reversed(places)]

    def since(self, count: int) -> int:
        """See `Store.since`."""
        self._check_open()
        latest = nlargest(count + 1, (record.at for record in self._records.values()))
        return latest[count] if len(latest) > count else 0

    def tell(self, stream: str, epoch: int, seq: int, truth: bytes) -> bool:
        """See `Store.tell`."""
        check_count(epoch, seq)
        found = self.record(stream, epoch, seq)
        if found is not None:
            self._records[stream, epoch, seq] = found._replace(truth=truth)
        return found is not None

    def forget(self, before: int, *, limit: int | None = None) -> int:
        """See `Store.forget`."""
        self._check_open()
        check_moment(before)
        old = [key for key, record in self._records.items() if record.at < before]
        gone = sorted(old, key=lambda key: self._records[key].at)[:limit]
        for key in gone:
            del self._records[key], self._numbers[key]
        return len(gone)

    def close(self) -> None:
        """See `Store.close`; what was kept is gone."""
        self._closed = True
        self._sessions, self._records, self._numbers = {}, {}, {}

    def _following(self, after: Place, most: int | None = None) -> tuple[list[Record], Place]:
        places = (((record.at, self._numbers[key]), key) for key, record in self._records.items())
        later = [entry for entry in places if entry[0] > after]
        found = sorted(later) if most is None else nsmallest(most, later)
        return [self._records[key] for _, key in found], found[-1][0] if found else after

    def _check_open(self) -> None:
        if self._closed:
            raise StorageError("store", expected="an open store", came="a closed one", fix="open it again")
