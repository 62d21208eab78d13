"""A store in the tables of a database: what both databases are asked in the same words."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any

from seqloom.store.checksum import checksum
from seqloom.store.damage import intact
from seqloom.store.limits import check_count, check_moment, check_name
from seqloom.store.record import Record
from seqloom.store.session import Session
from seqloom.store.store import Place, Store

Row = tuple[Any, ...]

PAGE = 1000
"""Records that are read at once: no reading stays open that would hold up what the database tidies."""

AT_ONCE = 10_000
"""Records that are forgotten in one transaction."""


_FIELDS = "stream, epoch, seq, digest, at, time, inputs, prediction, truth, norm"
SESSION = "SELECT epoch, seq, digest, memory, answers, time, at, checksum FROM sessions WHERE stream = ?"
COUNT = "SELECT count(*) FROM sessions"
STRETCH = f"""SELECT {_FIELDS} FROM records WHERE stream = ? AND epoch = ? AND seq BETWEEN ? AND ?
ORDER BY seq"""
RECENT = f"SELECT {_FIELDS} FROM records WHERE stream = ? ORDER BY epoch DESC, seq DESC LIMIT ?"
LATEST = "SELECT at FROM records ORDER BY at DESC LIMIT 1 OFFSET ?"
MADE = f"SELECT {_FIELDS}, id FROM records WHERE (at, id) > (?, ?) ORDER BY at, id LIMIT {PAGE}"
MADE_OF = f"""SELECT {_FIELDS} FROM records WHERE stream = ? AND (epoch, seq) > (?, ?) AND at >= ?
ORDER BY epoch, seq LIMIT {PAGE}"""


class TableStore(Store):
    """A store with a table of sessions and one of records.

    Args:
        where: how errors name it.
    """

    def __init__(self, where: str) -> None:
        self._where = where

    @abstractmethod
    def _ask(self, question: str, *values: object) -> list[Row]:
        """The rows that answer a question, in which each `?` stands for a value."""

    @abstractmethod
    def _tell(self, truth: bytes, stream: str, epoch: int, seq: int) -> int:
        """How many records were told the truth, in one transaction."""

    @abstractmethod
    def _forget(self, before: int, limit: int) -> int:
        """How many records were removed, in one transaction."""

    def session(self, stream: str) -> Session | None:
        """See `Store.session`."""
        check_name(stream)
        found = self._ask(SESSION, stream)
        return intact(self._where, stream, found[0][:-1], found[0][-1]) if found else None

    def count(self) -> int:
        """See `Store.count`."""
        return int(self._ask(COUNT)[0][0])

    def stretch(self, stream: str, epoch: int, first: int, last: int) -> list[Record]:
        """See `Store.stretch`."""
        check_name(stream)
        check_count(epoch, first, last)
        return [Record(*row) for row in self._ask(STRETCH, stream, epoch, first, last)]

    def records(self, *, since: int = 0, stream: str | None = None) -> Iterator[Record]:
        """See `Store.records`."""
        check_moment(since)
        if stream is None:
            return self._made(since)
        check_name(stream)
        return self._made_of(stream, since)

    def recent(self, stream: str, *, limit: int = 100) -> list[Record]:
        """See `Store.recent`."""
        check_name(stream)
        return [Record(*row) for row in reversed(self._ask(RECENT, stream, limit))]

    def since(self, count: int) -> int:
        """See `Store.since`."""
        found = self._ask(LATEST, count)
        return int(found[0][0]) if found else 0

    def tell(self, stream: str, epoch: int, seq: int, truth: bytes) -> bool:
        """See `Store.tell`."""
        check_name(stream)
        check_count(epoch, seq)
        return self._tell(truth, stream, epoch, seq) > 0

    def forget(self, before: int, *, limit: int | None = None) -> int:
        """See `Store.forget`; at most 10,000 in one transaction."""
        check_moment(before)
        gone = 0
        while limit is None or gone < limit:
            most = AT_ONCE if limit is None else min(AT_ONCE, limit - gone)
            removed = self._forget(before, most)
            gone += removed
            if removed < most:
                break
        return gone

    def page(self, after: Place) -> tuple[list[Record], Place]:
        """See `Store.page`."""
        check_moment(*after)
        rows = self._ask(MADE, *after)
        return [Record(*row[:-1]) for row in rows], (rows[-1][4], rows[-1][-1]) if rows else after

    def _made(self, since: int) -> Iterator[Record]:
        found, place = self.page((since, -1))
        while found:
            yield from found
            found, place = self.page(place)

    def _made_of(self, stream: str, since: int) -> Iterator[Record]:
        epoch, seq = -1, -1
        while rows := self._ask(MADE_OF, stream, epoch, seq, since):
            yield from (Record(*row) for row in rows)
            epoch, seq = rows[-1][1:3]


def session_row(session: Session) -> tuple[str, int, int, str, bytes, bytes, int | None, int, bytes]:
    """A session as it stands in its table: its fields in order, and the checksum."""
    return (*session, checksum(session))
