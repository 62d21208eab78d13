"""The rows after the last known target: what is known ahead of them, and NaN for what is to be predicted."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.prepare import calendar, clock
from seqloom.sequence import Array, PreparedDataset, spans

TAIL = 1000
"""Time stamps at the end of a sequence that say how they go on."""


def with_future(
    prepared: PreparedDataset, ends: NDArray[np.int64], lookback: NDArray[np.int64], horizon: int
) -> PreparedDataset:
    """The last `lookback` [S] rows before `ends` [S] of each sequence and the `horizon` rows from there on.

    Rows that the data set has are taken over. Further ones get the stamps that follow and their calendar; their other
    features repeat the last row and are nobody's input.

    Raises:
        DataError: columns known ahead that are no calendar, and rows that hold them are missing.
    """
    _refuse_unknown(prepared, ends, horizon)
    lengths = lookback + horizon
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    wanted = spans(ends - lookback, ends + horizon)
    rows = np.minimum(wanted, np.repeat(prepared.offsets[1:] - 1, lengths))
    times = _times(prepared, wanted, rows, offsets, ends + horizon)
    numbers, targets = prepared.numbers[rows], prepared.targets
    periods = calendar.periods_of(prepared.number_names)
    places = [prepared.number_names.index(name) for name in calendar.names(periods)]
    numbers[:, places] = calendar.circle(times, periods)
    if prepared.per_step_target:
        targets = targets[rows]
        targets[wanted >= np.repeat(ends, lengths)] = np.nan
    return replace(
        prepared,
        offsets=offsets,
        numbers=numbers,
        codes=prepared.codes[rows],
        targets=targets,
        times=times,
        history=None if prepared.history is None else prepared.history[rows],
    )


def _refuse_unknown(prepared: PreparedDataset, ends: NDArray[np.int64], horizon: int) -> None:
    numbers = [name for name, known in zip(prepared.number_names, prepared.known, strict=True) if known]
    codes = [name for name, known in zip(prepared.code_names, prepared.known_codes, strict=True) if known]
    names = [*(name for name in numbers if not calendar.is_calendar(name)), *codes]
    lacking = np.flatnonzero(ends + horizon > prepared.offsets[1:])
    if names and len(lacking):
        sequence = int(lacking[0])
        raise DataError(
            f"{prepared.source}, sequence '{prepared.keys[sequence]}', column '{names[0]}'",
            expected=f"values for the {horizon} steps after the last known target, as the column is known ahead",
            came=f"{int(prepared.offsets[sequence + 1] - ends[sequence])}",
            fix="append rows with the columns known ahead and an empty target",
        )


def _times(
    prepared: PreparedDataset,
    wanted: NDArray[np.int64],
    rows: NDArray[np.int64],
    places: NDArray[np.int64],
    stops: NDArray[np.int64],
) -> Array:
    """Stamps of the `wanted` rows, of which the data set has `rows`; without a clock row numbers in the sequence.

    Args:
        prepared: the data set.
        wanted: rows, those of sequence `s` from `places[s]` on.
        rows: the same, but for those beyond a sequence, of which each is its last row.
        places: where the rows of each sequence begin, [S + 1].
        stops: row after the last wanted one of each sequence, [S].
    """
    offsets = prepared.offsets
    if prepared.times is None:
        return wanted - np.repeat(offsets[:-1], np.diff(places))
    times: Array = np.array(prepared.times[rows])
    for sequence in np.flatnonzero(stops > offsets[1:]):
        first, end = int(offsets[sequence]), int(offsets[sequence + 1])
        count = int(stops[sequence]) - end
        place = int(places[sequence + 1])
        times[place - count : place] = clock.extend(prepared.times[max(first, end - TAIL) : end], count)
    return times
