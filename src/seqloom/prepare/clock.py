"""Arithmetic of time stamps: the usual interval, and what comes after the last one."""

from typing import Any

import numpy as np

from seqloom.errors import DataError
from seqloom.sequence import Array

NO_SHIFT, ONE_DAY, SHORTEST_MONTH = (np.timedelta64(days, "D") for days in (0, 1, 28))


def usual_interval(times: Array) -> Any:  # noqa: ANN401 - a number or a timedelta64, as the stamps are
    """The median difference between neighbouring stamps, of the stamps' own kind.

    Of two middle differences the smaller is taken, so that the answer is a difference that occurs.

    Args:
        times: stamps of one sequence, increasing, at least two.

    Example:
        >>> int(usual_interval(np.array([0, 10, 20, 45])))
        10
    """
    steps = np.sort(np.diff(times))
    return steps[(len(steps) - 1) // 2]


def months_apart(times: Array) -> tuple[int, np.timedelta64] | None:
    """How many calendar months lie between neighbouring stamps; None where they do not keep to the calendar.

    Returns:
        The number of months and the shift under which the stamps keep one place in the month: none, or one day for
        stamps at the end of each month.
    """
    if times.dtype.kind != "M" or np.diff(times).min() < SHORTEST_MONTH:
        return None
    for shift in (NO_SHIFT, ONE_DAY):
        months = (times + shift).astype("datetime64[M]")
        steps, within = np.diff(months).astype(np.int64), times + shift - months
        if (steps == steps[0]).all() and (within == within[0]).all():
            return int(steps[0]), shift
    return None


def extend(times: Array, count: int) -> Array:
    """The `count` stamps that follow, by calendar months where the stamps keep to them, else by the usual interval.

    Args:
        times: stamps of one sequence, increasing, at least two.
        count: how many to add.

    Raises:
        DataError: there is only one stamp, so that the interval is unknown.

    Example:
        >>> extend(np.array(["2001-11-30", "2001-12-31"], dtype="datetime64[s]"), 2).astype("datetime64[D]").tolist()
        [datetime.date(2002, 1, 31), datetime.date(2002, 2, 28)]
    """
    if len(times) < 2:  # noqa: PLR2004 - an interval lies between two
        raise DataError(
            f"time stamp {times[0]}",
            expected="at least 2 stamps, to know the interval",
            came="1",
            fix="give the sequence a longer past",
        )
    ahead = np.arange(1, count + 1)
    monthly = months_apart(times)
    if monthly is None:
        later: Array = times[-1] + ahead * usual_interval(times)
    else:
        step, shift = monthly
        last = times[-1] + shift
        month = last.astype("datetime64[M]")
        later = (month + ahead * step).astype(times.dtype) + (last - month) - shift
    return later.astype(times.dtype)
