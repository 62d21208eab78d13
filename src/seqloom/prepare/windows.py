"""Which examples a data set holds: windows of a length, the last ones, or whole sequences."""

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SettingsError
from seqloom.prepare.examples import Examples, Places
from seqloom.prepare.future import with_future
from seqloom.prepare.split import Part, Split
from seqloom.prepare.table import known_ends
from seqloom.sequence import PreparedDataset
from seqloom.sequence import spans as rows_of

ENLARGE: dict[Part, str] = {
    "train": "choose a smaller --validation-size and --test-size",
    "validation": "choose a larger --validation-size",
    "test": "choose a larger --test-size",
}
"""What gives a part more steps or sequences."""


def windows(
    prepared: PreparedDataset,
    split: Split,
    part: Part,
    *,
    lookback: int,
    horizon: int,
    stride: int = 1,
    segment: int = 1,
    independent: bool = False,
) -> Examples:
    """Every window whose horizon lies inside the part, sequence by sequence, in time.

    The lookback may reach back into earlier parts of its sequence; nothing reaches forward. A window's horizon ends
    before the rows whose targets are all unknown at the end of a sequence. With horizon 0 it is the window's last row
    that lies inside the part.

    Args:
        prepared: the rows.
        split: the parts.
        part: where the horizons lie.
        lookback: rows seen, `T * g`.
        horizon: rows to predict, `P`.
        stride: rows between one window and the next.
        segment: rows of one recurrent step, `g`.
        independent: one example per window and target column, the columns of a window side by side, instead of one
            for all columns jointly.

    Returns:
        Examples; their index arrays are int32 while that is enough, 12 bytes a window.

    Raises:
        SettingsError: a length below 1, or a segment that does not divide the lookback.
        DataError: no window fits, or a sequence of the training part is too short for one.
    """
    _check(lookback, horizon, segment, stride)
    split = split.moved(prepared.moved)
    begin, end = split.spans(part).T
    known = _ends(prepared, horizon)
    first = np.maximum(split.borders[:, 0] + lookback, begin + (horizon == 0))  # the smallest possible stop
    counts = np.maximum(0, (np.minimum(end, known) - horizon - first) // stride + 1)
    short = np.flatnonzero((end > begin) & (counts == 0))
    if len(short) and (part == "train" or not counts.any()):
        raise DataError(
            f"{prepared.source}, sequence '{prepared.keys[short[0]]}', {part} part",
            expected=f"room for a window of {lookback} steps and the {horizon} to predict",
            came=f"{int(end[short[0]] - begin[short[0]])} steps",
            fix="choose a shorter --lookback or --horizon, a larger part, or leave the sequence out",
        )
    if not counts.any():
        where = f"{prepared.source}, {part} part"
        raise DataError(where, expected="some steps", came="none", fix=ENLARGE[part])
    stop = _stepped(first, counts, stride, end=int(prepared.offsets[-1]))
    sequence = np.repeat(np.arange(len(counts), dtype=stop.dtype), counts)
    examples = Examples(prepared, sequence, stop - stop.dtype.type(lookback), stop, horizon, segment)
    return _by_column(examples) if independent else examples


def last_windows(
    prepared: PreparedDataset, *, lookback: int, horizon: int, segment: int = 1, independent: bool = False
) -> Examples:
    """One window per sequence, to predict what comes after its last known target.

    The examples lie in a data set of their own: the last rows of each sequence and the rows that follow, which hold
    what is known ahead and NaN for targets.

    Args:
        prepared: the rows; rows at the end of a sequence without any target are its future.
        lookback: rows seen.
        horizon: rows to predict.
        segment: rows of one recurrent step.
        independent: one example per sequence and target column.

    Raises:
        SettingsError: a length below 1, or a segment that does not divide the lookback.
        DataError: a sequence shorter than the lookback, or columns known ahead that are not given ahead.
    """
    ends, _ = _known(prepared, lookback, horizon, segment)
    extended = with_future(prepared, ends, np.full_like(ends, lookback), horizon)
    start = extended.offsets[:-1]
    stop = start + lookback
    examples = Examples(extended, np.arange(len(prepared)), start, stop, horizon, segment, supervised="last")
    return _by_column(examples) if independent else examples


def windows_so_far(
    prepared: PreparedDataset, *, lookback: int, horizon: int, segment: int = 1, independent: bool = False
) -> Examples:
    """The windows of `last_windows` and all before them, sequence by sequence, in time.

    The examples lie in a data set of their own: all rows of each sequence up to its last known target, and those that
    follow, as `last_windows` has them.

    Args:
        prepared: the rows.
        lookback: rows seen.
        horizon: rows to predict.
        segment: rows of one recurrent step.
        independent: one example per window and target column.

    Raises:
        SettingsError: a length below 1, or a segment that does not divide the lookback.
        DataError: a sequence shorter than the lookback, or columns known ahead that are not given ahead.
    """
    ends, lengths = _known(prepared, lookback, horizon, segment)
    extended = with_future(prepared, ends, lengths, horizon)
    first = extended.offsets[:-1] + lookback
    stop = _stepped(first, lengths - lookback + 1, 1, end=int(extended.offsets[-1]))
    sequence = np.repeat(np.arange(len(prepared), dtype=stop.dtype), lengths - lookback + 1)
    start = stop - stop.dtype.type(lookback)
    examples = Examples(extended, sequence, start, stop, horizon, segment, supervised="last")
    return _by_column(examples) if independent else examples


def sequences(prepared: PreparedDataset, split: Split, part: Part) -> Examples:
    """The rows of each sequence that lie in the part, as one example each, without a horizon.

    Raises:
        DataError: the part is empty.
    """
    split = split.moved(prepared.moved)
    chosen = split.sequences(part)
    if not len(chosen):
        where = f"{prepared.source}, {part} part"
        raise DataError(where, expected="some sequences", came="none", fix=ENLARGE[part])
    start, stop = split.spans(part)[chosen].T
    return Examples(prepared, chosen, start, stop)


def running_text(prepared: PreparedDataset, spans: NDArray[np.int64], part: Part, *, window: int = 0) -> Examples:
    """The tokens of a part that have their next token in it, too.

    Args:
        prepared: the tokens.
        spans: first token and end of the part in each sequence, [S, 2].
        part: which it is, for messages.
        window: tokens of an example, the last one of a sequence may have fewer; 0: all of a sequence, in one pass.

    Returns:
        Windows that do not overlap, each read from the initial state; or, in one pass, carried examples.

    Raises:
        DataError: the part has no two tokens that follow one another.
    """
    begin, end = spans.T
    chosen = np.flatnonzero(end - begin > 1)
    if not len(chosen):
        where = f"{prepared.source}, {part} part"
        raise DataError(where, expected="at least two tokens", came="fewer", fix=ENLARGE[part])
    start, stop = begin[chosen], end[chosen] - 1
    if not window:
        return Examples(prepared, chosen, start, stop, carried=True)
    counts = -(-(stop - start) // window)
    sequence = np.repeat(np.arange(len(chosen)), counts)
    first = rows_of(np.zeros_like(counts), counts) * window + start[sequence]
    return Examples(prepared, chosen[sequence], first, np.minimum(first + window, stop[sequence]))


def whole_sequences(prepared: PreparedDataset) -> Examples:
    """Every sequence as one example, without a horizon."""
    return Examples(prepared, np.arange(len(prepared)), prepared.offsets[:-1], prepared.offsets[1:])


def _check(lookback: int, horizon: int, segment: int, stride: int) -> None:
    for name, value, least in (
        ("lookback", lookback, 1),
        ("horizon", horizon, 0),
        ("segment", segment, 1),
        ("stride", stride, 1),
    ):
        if value < least:
            raise SettingsError(name, expected=f"at least {least}", came=str(value), fix="choose a larger number")
    if lookback % segment:
        raise SettingsError(
            "lookback",
            expected=f"a multiple of the segment, {segment}",
            came=str(lookback),
            fix=f"choose {lookback - lookback % segment or segment}",
        )


def _known(
    prepared: PreparedDataset, lookback: int, horizon: int, segment: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the last known target of each sequence ends, and how many rows stand before it, at least a lookback."""
    _check(lookback, horizon, segment, 1)
    ends = _ends(prepared, horizon)
    lengths = ends - prepared.offsets[:-1]
    _refuse_short(prepared, lengths, lookback)
    return ends, lengths


def _refuse_short(prepared: PreparedDataset, lengths: NDArray[np.int64], lookback: int) -> None:
    short = np.flatnonzero(lengths < lookback)
    if len(short):
        raise DataError(
            f"{prepared.source}, sequence '{prepared.keys[short[0]]}'",
            expected=f"at least {lookback} steps with known targets, as in training",
            came=str(int(lengths[short[0]])),
            fix="give more of its past or leave it out",
        )


def _ends(prepared: PreparedDataset, horizon: int) -> NDArray[np.int64]:
    """Row after the last that may be seen or predicted, [S]."""
    if not horizon:
        return prepared.offsets[1:]
    if not prepared.per_step_target:
        raise SettingsError(
            "horizon", expected="0 for targets with one value per sequence", came=str(horizon), fix="leave it out"
        )
    return known_ends(list(prepared.targets.T), prepared.offsets)


def _stepped(first: NDArray[np.int64], counts: NDArray[np.int64], stride: int, *, end: int) -> Places:
    """`first`, `first + stride`, ... for each sequence, one after the other, in the memory of the result alone."""
    used = np.flatnonzero(counts)
    starts = np.concatenate([[0], np.cumsum(counts[used])])
    narrow = end < np.iinfo(np.int32).max
    steps: Places = np.full(int(starts[-1]), stride, dtype=np.int32 if narrow else np.int64)
    last = first[used] + (counts[used] - 1) * stride
    steps[starts[:-1]] = first[used] - np.concatenate([[0], last[:-1]])
    return np.cumsum(steps, out=steps)


def _by_column(examples: Examples) -> Examples:
    """Each example once per target column, the columns of a window side by side."""
    if not examples.horizon:
        raise SettingsError("independent", expected="a horizon", came="0", fix="choose a horizon, or joint columns")
    width = len(examples.prepared.target_names)
    window, channel = np.divmod(np.arange(len(examples) * width), width)
    each = examples.take(window)
    return Examples(
        each.prepared, each.sequence, each.start, each.stop, each.horizon, each.segment, channel.astype(np.int32)
    )
