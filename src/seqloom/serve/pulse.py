"""How a server does at present: how soon it answers, how much it reads, what it refuses and where it fails."""

import math
import time
from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Any

LATEST = 60
"""Seconds that are looked back at."""
FASTEST, FINENESS = 1e-4, 1.1
"""Upper border of the first time that is told apart, in seconds, and how much larger each further border is."""
BORDERS = 140
"""Borders: the last one lies at a minute."""
TOO_MANY, WRONG = 429, 500


class _Second:
    """What happened in one second."""

    __slots__ = ("failed", "moment", "readings", "refused", "times")

    def __init__(self, moment: int) -> None:
        self.moment = moment
        self.times = [0] * (BORDERS + 1)
        self.readings = self.refused = self.failed = 0


class Pulse:
    """Answers and readings of the latest minute. Several threads may tell it of them.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._began = clock, clock()
        self._lock = Lock()
        self._seconds: deque[_Second] = deque(maxlen=LATEST)

    def answered(self, status: int, seconds: float) -> None:
        """A call or a frame was answered.

        Args:
            status: of HTTP.
            seconds: since it came.
        """
        with self._lock:
            now = self._now()
            now.times[_place(seconds)] += 1
            now.refused += status == TOO_MANY
            now.failed += status >= WRONG

    def read(self, readings: int) -> None:
        """So many readings were read."""
        with self._lock:
            self._now().readings += readings

    def standing(self) -> dict[str, Any]:
        """How it goes, ready for JSON: seconds within which half and 99 % were answered, None where nothing was."""
        with self._lock:
            first = int(self._clock()) - LATEST
            kept = [one for one in self._seconds if one.moment > first]
            times = [sum(counts) for counts in zip(*(one.times for one in kept), strict=True)]
            readings = sum(one.readings for one in kept)
            refused, failed = sum(one.refused for one in kept), sum(one.failed for one in kept)
        answers = sum(times)
        span = min(float(LATEST), max(1.0, self._clock() - self._began))
        return {
            "seconds": round(span),
            "answers": answers,
            "p50": _quantile(times, 0.5),
            "p99": _quantile(times, 0.99),
            "readings_per_second": round(readings / span, 2),
            "refused": refused / answers if answers else 0.0,
            "failed": failed / answers if answers else 0.0,
        }

    def _now(self) -> _Second:
        moment = int(self._clock())
        if not self._seconds or self._seconds[-1].moment != moment:
            self._seconds.append(_Second(moment))
        return self._seconds[-1]


def _place(seconds: float) -> int:
    if seconds <= FASTEST:
        return 0
    return min(BORDERS, math.ceil(math.log(seconds / FASTEST) / math.log(FINENESS)))


def _quantile(times: list[int], share: float) -> float | None:
    """The border under which at least this share lies: up to a tenth too much."""
    wanted, count = share * sum(times), 0
    if not wanted:
        return None
    for place, own in enumerate(times):
        count += own
        if count >= wanted:
            return float(f"{FASTEST * FINENESS**place:.3g}")
    return None
