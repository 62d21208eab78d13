"""Records of a store, seen again; and those too old to be kept."""

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from seqloom.errors import SettingsError
from seqloom.monitor.facts import Facts
from seqloom.monitor.monitor import Monitor
from seqloom.store import Record, Store

AT_ONCE = 1050
"""Records that are seen, or forgotten, together."""
AGO = re.compile(r"(\d{1,6})([dh])")
DAY = 24 * 60 * 60 * 1_000_000
"""Microseconds."""


def replayed(facts: Facts, store: Store, since: int = 0) -> Monitor:
    """A monitor that has seen the records of a store.

    Args:
        facts: of the model.
        store: with its records.
        since: only those made from then on, microseconds since 1970.
    """
    monitor, page = Monitor(facts), list[Record]()
    for record in store.records(since=since):
        page.append(record)
        if len(page) == AT_ONCE:
            monitor.see(page)
            page = []
    monitor.see(page)
    return monitor


def moment_of(text: str, now: datetime | None = None) -> int:
    """A moment as people write it: `2024-03-01`, `2024-03-01T07:30`, or so long ago, `7d` or `12h`; in UTC.

    Args:
        text: as it was written.
        now: what days and hours count back from; None: the present.

    Returns:
        Microseconds since 1970.

    Raises:
        SettingsError: another form.

    Example:
        >>> moment_of("1970-01-02"), moment_of("1d", datetime(1970, 1, 3, tzinfo=UTC))
        (86400000000, 86400000000)
    """
    now = now or datetime.now(UTC)
    if found := AGO.fullmatch(text):
        number = int(found[1])
        moment = now - (timedelta(days=number) if found[2] == "d" else timedelta(hours=number))
    else:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            expected, fix = "a day such as 2024-03-01, or so long ago: 7d, 12h", "correct it"
            raise SettingsError("--since", expected=expected, came=repr(text[:40]), fix=fix) from error
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
    return max(0, round(moment.timestamp() * 1e6))


class Forgetful(Protocol):
    """What can forget records: a store, or an engine that shares one with others."""

    def forget(self, before: int, *, limit: int | None = None) -> int:
        """See `Store.forget`."""


class Retention:
    """Forgets records that are older than so many days, a few at a time.

    Args:
        days: above 0.

    Raises:
        SettingsError: it is not.
    """

    def __init__(self, days: float) -> None:
        if not days > 0:
            raise SettingsError("--keep", expected="days above 0", came=str(days), fix="choose 1 or more")
        self._age = round(days * DAY)

    def forget(self, store: Forgetful, *, limit: int | None = AT_ONCE) -> int:
        """Forget some of what is too old.

        Args:
            store: where records are, or what leads there.
            limit: most of them in this call; None: all.

        Returns:
            How many were forgotten.
        """
        return store.forget(time.time_ns() // 1000 - self._age, limit=limit)
