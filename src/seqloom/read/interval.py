"""How far apart the steps of a clock are."""

import numpy as np
from numpy.typing import NDArray

from seqloom.read.sink import blocks
from seqloom.sequence import Array

MONTH = 2_629_746.0
"""Mean seconds of a month of the Gregorian calendar: the interval of a monthly clock; a quarter has 3, a year 12."""

_DAY = 86_400.0
_CALENDAR = {1: (28.0, 31.0), 3: (90.0, 92.0), 12: (365.0, 366.0)}
"""Days that a month, a quarter, a year may have."""
_USUAL_SHARE = 0.6
"""Below this share of equal steps there is no usual one; weekdays, four steps of five, are above it."""
_TOLERANCE = 0.01
"""Jitter of a recorder's clock, as a share of the step."""


def find_interval(times: Array, offsets: NDArray[np.int64]) -> tuple[float | None, int, int | None]:
    """The usual step of a clock, how many steps are not of that length, and where the first of those ends.

    A step may differ from the usual one by 1 %. A median of 28 to 31 days is a month, of 90 to 92 days a quarter, of
    365 or 366 days a year: such clocks are regular where every step is that many days.

    Args:
        times: time stamps, datetime64[us] or numbers, [offsets[-1]].
        offsets: where each sequence starts, and where the last one ends, [S + 1].

    Returns:
        Seconds of the usual step (units of the column where it holds numbers), None where fewer than six steps in
        ten agree; the number of other steps; and the row the first of them leads to, None where there are none.
    """
    head, _ = _steps(times[: offsets[-1]], offsets, next(blocks(len(times)), slice(0)))
    if not len(head):
        return None, 0, None
    interval, low, high = _usual(float(np.median(head)), clock=times.dtype.kind == "M")
    steps = irregular = 0
    first = None
    for block in blocks(len(times)):
        lengths, ends = _steps(times, offsets, block)
        other = ends[(lengths < low) | (lengths > high)]
        steps += len(lengths)
        irregular += len(other)
        first = int(other[0]) if first is None and len(other) else first
    return (interval if irregular <= (1 - _USUAL_SHARE) * steps else None), irregular, first


def _steps(times: Array, offsets: NDArray[np.int64], block: slice) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Lengths of the steps that end within a block, and their rows; steps from one sequence to the next left out."""
    start = max(block.start or 0, 1)
    stop = block.stop or 0
    lengths = np.diff(times[start - 1 : stop])
    inside = np.ones(len(lengths), dtype=bool)
    borders = offsets[np.searchsorted(offsets, start) : np.searchsorted(offsets, stop)]
    inside[borders - start] = False
    seconds: NDArray[np.float64] = lengths[inside].astype(np.float64) / (1e6 if lengths.dtype.kind == "m" else 1.0)
    return seconds, start + np.flatnonzero(inside)


def _usual(median: float, *, clock: bool) -> tuple[float, float, float]:
    """The interval a median step stands for, and the shortest and longest step that is still one."""
    for months, (low, high) in _CALENDAR.items():
        if clock and low * _DAY <= median <= high * _DAY:
            return months * MONTH, low * _DAY, high * _DAY
    return median, median * (1 - _TOLERANCE), median * (1 + _TOLERANCE)


def describe_interval(interval: float) -> str:
    """Seconds in the largest unit that divides them.

    Example:
        >>> describe_interval(3600.0), describe_interval(900.0), describe_interval(MONTH)
        ('1 hour', '15 minutes', '1 month')
    """
    units = {"year": 12 * MONTH, "quarter": 3 * MONTH, "month": MONTH, "week": 7 * _DAY, "day": _DAY}
    for name, seconds in (units | {"hour": 3600.0, "minute": 60.0}).items():
        if interval >= seconds and interval % seconds == 0:
            count = int(interval // seconds)
            return f"{count} {name}{'s' if count > 1 else ''}"
    return f"{interval:g} s"
