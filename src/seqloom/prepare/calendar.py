"""Calendar features: where a step lies in its day, week, month and year, as points on a circle."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare.clock import usual_interval
from seqloom.prepare.table import CHUNK
from seqloom.sequence import Array

Times = NDArray[np.datetime64]

DAY, WEEK = np.timedelta64(1, "D"), np.timedelta64(7, "D")
MONDAY = np.datetime64("1970-01-05")


def _of_day(times: Times) -> NDArray[np.float64]:
    return _share(times - times.astype("datetime64[D]"), DAY)


def _of_week(times: Times) -> NDArray[np.float64]:
    return _share((times - MONDAY) % WEEK, WEEK)


def _of_month(times: Times) -> NDArray[np.float64]:
    return _within(times, times.astype("datetime64[M]"))


def _of_year(times: Times) -> NDArray[np.float64]:
    return _within(times, times.astype("datetime64[Y]"))


def _within(times: Times, period: Times) -> NDArray[np.float64]:
    start, stop = period.astype(times.dtype), (period + 1).astype(times.dtype)
    return _share(times - start, stop - start)


def _share(part: Array, whole: Array | np.timedelta64) -> NDArray[np.float64]:
    share: NDArray[np.float64] = part / whole
    return share


_PERIODS: dict[str, tuple[np.timedelta64, Callable[[Times], NDArray[np.float64]]]] = {
    "hour of day": (DAY, _of_day),
    "day of week": (WEEK, _of_week),
    "day of month": (np.timedelta64(30, "D"), _of_month),
    "day of year": (np.timedelta64(365, "D"), _of_year),
}

PREFIX = "calendar: "
"""What the names of calendar columns begin with."""


def choose(times: Array, spans: NDArray[np.int64]) -> tuple[str, ...]:
    """The periods worth having for the stamps of the training part.

    A period is chosen when the stamps lie at least two to the period, otherwise its feature would not vary or would
    alias, and when the training part covers it once, otherwise later steps would lie where the network never was.

    Args:
        times: stamps of the steps, increasing within each sequence, [steps].
        spans: the training rows of each sequence, [S, 2].

    Returns:
        Names of periods, shortest first; none where the stamps are no clock.
    """
    lengths = spans[:, 1] - spans[:, 0]
    start, stop = spans[int(np.argmax(lengths))]
    if times.dtype.kind != "M" or stop - start < 2:  # noqa: PLR2004 - an interval lies between two
        return ()
    interval = usual_interval(times[start : min(stop, start + CHUNK)])
    some = spans[lengths > 0]
    cover = times[some[:, 1] - 1].max() - times[some[:, 0]].min() + interval
    return tuple(name for name, (period, _) in _PERIODS.items() if interval * 2 <= period <= cover)


def names(periods: Sequence[str]) -> tuple[str, ...]:
    """Names of the columns of these periods, two for each."""
    return tuple(f"{PREFIX}{period}, {part}" for period in periods for part in ("sin", "cos"))


def circle(times: Array, periods: Sequence[str]) -> NDArray[np.float32]:
    r"""The points $(\sin 2\pi u, \cos 2\pi u)$ of stamps at the fraction `u` of each period, [n, 2 x periods].

    A function of the stamp alone, so known ahead; a week starts on Monday, fractions go on within the day.
    """
    found = np.empty((len(times), 2 * len(periods)), dtype=np.float32)
    for place, period in enumerate(periods):
        angle = 2 * np.pi * _PERIODS[period][1](times)
        found[:, 2 * place], found[:, 2 * place + 1] = np.sin(angle), np.cos(angle)
    return found


def periods_of(columns: Sequence[str]) -> tuple[str, ...]:
    """The periods whose columns are among these names, in their order."""
    return tuple(period for period in _PERIODS if set(names([period])) <= set(columns))


def is_calendar(column: str) -> bool:
    """Whether the column with this name is a calendar feature."""
    return column.startswith(PREFIX)
