"""The season of a series: guessed from its clock, confirmed by its autocorrelation."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.history import target_history, training_series
from seqloom.prepare import Examples
from seqloom.sequence import PreparedDataset

MINUTE, HOUR, DAY, MONTH = 60.0, 3_600.0, 86_400.0, 2_629_746.0
CYCLES = (MINUTE, HOUR, DAY, 7 * DAY, 12 * MONTH)
ROUNDING = 0.005
"""How far a cycle may be from a whole number of steps, relative to it: a year has 52.18 weeks."""
CALENDAR = 2.5 * DAY
"""How far a month may be from the mean month."""
SERIES = 16
ROWS = 20_000
LONGEST = 2_000
CLOCK_THRESHOLD = 0.1
BLIND_THRESHOLD = 0.3
CLOCK_DEVIATIONS = 2.0
BLIND_DEVIATIONS = 4.0
"""Without a clock every lag is tried, so that more is asked of the one that stands out."""


def seasonality(training: Examples) -> int:
    """Steps after which the series repeats itself; 1 where nothing shows that it does.

    With a clock the lags tried are those of a minute, an hour, a day, a week and a year; without one, every lag at
    which the autocorrelation has a peak. It is measured on the changes from step to step of the training part, averaged
    over sequences and targets. A lag is confirmed where the autocorrelation is clearly above 0 and above that of half
    the lag; of several the one with the highest is taken.

    Args:
        training: training windows, all targets together.
    """
    changes = _changes(training)
    if not changes:
        return 1
    longest = min(LONGEST, int(np.median([len(series) for series in changes])) // 2)
    usable = [series for series in changes if len(series) >= 2 * longest]
    if longest < 2:  # noqa: PLR2004 - the shortest season
        return 1
    correlation = np.mean([fitters().autocorrelation(series, longest) for series in usable], axis=0)
    error = 1 / np.sqrt(min(len(series) for series in usable))
    clock = _clock_lags(training.prepared)
    if clock is None:
        return _highest(correlation, _peaks(correlation), max(BLIND_THRESHOLD, BLIND_DEVIATIONS * error))
    return _highest(correlation, clock, max(CLOCK_THRESHOLD, CLOCK_DEVIATIONS * error))


def cycle_lags(interval: float) -> tuple[int, ...]:
    """Steps of the clock's cycles at this interval, shortest first; those that are no whole number are left out.

    Args:
        interval: seconds between steps; months may have any of their lengths.

    Example:
        >>> cycle_lags(3600.0), cycle_lags(86400.0), cycle_lags(31 * 86400.0)
        ((24, 168, 8766), (7, 365), (12,))
    """
    months = round(interval / MONTH)
    if months and abs(interval - months * MONTH) <= CALENDAR:
        interval = months * MONTH
    steps = [cycle / interval for cycle in CYCLES]
    return tuple(round(s) for s in steps if round(s) > 1 and abs(s - round(s)) <= ROUNDING * round(s))


def _clock_lags(prepared: PreparedDataset) -> Sequence[int] | None:
    """Lags of the clock's cycles, by the median interval of the longest sequence; None without a clock."""
    if prepared.times is None or prepared.times.dtype.kind != "M":
        return None
    longest = int(np.argmax(prepared.lengths))
    times = prepared.times[prepared.offsets[longest] : prepared.offsets[longest + 1]][:ROWS]
    interval = float(np.median(np.diff(times) / np.timedelta64(1, "s"))) if len(times) > 1 else 0.0
    if interval <= 0:
        return ()
    trading_days = len(np.unique(times.astype("datetime64[D]").astype(np.int64) % 7))
    week = (trading_days,) if interval == DAY and trading_days > 1 else ()
    return (*week, *cycle_lags(interval))


def _changes(training: Examples) -> list[NDArray[np.float64]]:
    """Changes from step to step of up to 16 training series that are not constant."""
    series = training_series(training, target_history(training.prepared))
    changes = [
        np.diff(rows[-ROWS:, c].astype(np.float64))
        for rows in list(series.values())[:SERIES]
        for c in range(rows.shape[1])
    ]
    return [change for change in changes if len(change) and change.std() > 0][:SERIES]


def _peaks(correlation: NDArray[np.float64]) -> Sequence[int]:
    """Lags of at least 2 at which the autocorrelation is higher than on either side."""
    inner = correlation[1:-1]
    peaks = np.flatnonzero((inner > correlation[:-2]) & (inner >= correlation[2:])) + 1
    return [int(lag) for lag in peaks if lag > 1]


def _highest(correlation: NDArray[np.float64], lags: Sequence[int], threshold: float) -> int:
    """The confirmed lag with the highest autocorrelation, 1 where none is confirmed."""
    confirmed = [
        lag
        for lag in lags
        if lag < len(correlation)
        and correlation[lag] > threshold
        and correlation[lag] > correlation[round(lag / 2)] + threshold / 2
    ]
    return max(confirmed, key=lambda lag: correlation[lag], default=1)
