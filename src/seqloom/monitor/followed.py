"""Which streams are followed: all of few, a fair share of many."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

MOST = 256
"""Streams that are followed at a time."""
IDLE = 50_000
"""Records of others after which a stream that has none any more gives up its place."""


@dataclass
class Stream:
    """A stream that is followed.

    Args:
        number: by which signals know it.
        epoch: of its last record.
        seq: of its last record.
        pending: what was foretold of its next readings, and is to be judged by them.
        place: of its last record among all.
    """

    number: int
    epoch: int = -1
    seq: int = -1
    pending: dict[str, Any] = field(default_factory=dict)
    place: int = 0


class Followed:
    """The streams that are followed.

    Up to `most` streams are followed, each reading of them. Of more, those whose names have the smallest digests: which
    ones does not depend on what they read, and is the same after a restart.

    Args:
        most: streams at a time.
        idle: records of others after which one gives up its place.
    """

    def __init__(self, most: int = MOST, idle: int = IDLE) -> None:
        self._most, self._idle = most, idle
        self._streams: dict[str, Stream] = {}
        self._ranks: dict[str, bytes] = {}
        self._records = 0
        self._turned_away: dict[str, None] = {}

    def __len__(self) -> int:
        return len(self._streams)

    def find(self, name: str) -> Stream | None:
        """A stream that has a record, or None: it is not followed."""
        self._records += 1
        if self._records % self._idle == 0:
            self._let_idle_go()
        found = self._streams.get(name)
        if found is None:
            if name in self._turned_away:
                return None
            found = self._admit(name)
        if found is not None:
            found.place = self._records
        return found

    def _admit(self, name: str) -> Stream | None:
        rank = blake2b(name.encode(), digest_size=8, usedforsecurity=False).digest()
        if len(self._streams) >= self._most:
            last = max(self._ranks, key=self._ranks.__getitem__)
            if rank >= self._ranks[last]:
                self._turn_away(name)
                return None
            del self._streams[last], self._ranks[last]
        self._ranks[name] = rank
        self._streams[name] = Stream(int.from_bytes(rank))
        return self._streams[name]

    def _turn_away(self, name: str) -> None:
        """Known not to be followed, so that most records of others cost one look."""
        if len(self._turned_away) >= self._idle:
            self._turned_away.clear()
        self._turned_away[name] = None

    def _let_idle_go(self) -> None:
        gone = [name for name, stream in self._streams.items() if stream.place <= self._records - self._idle]
        for name in gone:
            del self._streams[name], self._ranks[name]
        if gone:
            self._turned_away.clear()
