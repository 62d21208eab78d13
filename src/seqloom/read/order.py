"""The order of rows: sequence by sequence, and in each from the earliest step to the latest."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.read.rejects import Rejects
from seqloom.sequence import Array, moment

RowOf = Callable[[int], int]
"""The row number in the source of a position among the rows kept."""


@dataclass(frozen=True)
class Disorder:
    """The first row that is not in its place.

    Args:
        row: its number in the source.
        reason: what is wrong with it.
    """

    row: int
    reason: str


class Order:
    """A walk over rows, piece by piece, that finds where sequences start and whether rows are in order.

    Args:
        group: name of the group column, for messages.
        time: name of the time column, for messages.
        ties: whether rows of a sequence may share a time stamp.
    """

    def __init__(self, group: str | None, time: str | None, *, ties: bool = False) -> None:
        self.disorder: Disorder | None = None
        self._names = (group, time)
        self._ties = ties
        self._starts: list[NDArray[np.int64]] = []
        self._seen: set[int] = set()
        self._length = 0
        self._last: tuple[Array | None, Array | None] = (None, None)

    def see(self, codes: Array | None, times: Array | None, row_of: RowOf) -> None:
        """Looks at the next rows.

        Args:
            codes: group of each row, None without groups, [n].
            times: time stamp of each row, None without a clock, [n].
            row_of: row number in the source of each position in this piece.
        """
        height = len(codes) if codes is not None else len(times) if times is not None else 0
        if self.disorder is None and height:
            begins = self._begins(codes, height)
            self._find_return(codes, begins, row_of)
            self._find_step_back(times, begins, row_of)
            self._starts.append(np.flatnonzero(begins) + self._length)
            self._last = (None if codes is None else codes[-1:], None if times is None else times[-1:])
        self._length += height

    def starts(self) -> NDArray[np.int64]:
        """Position of the first row of each sequence, where rows are in order."""
        return np.concatenate(self._starts) if self._starts else np.zeros(1, dtype=np.int64)

    def _begins(self, codes: Array | None, height: int) -> NDArray[np.bool_]:
        begins = np.zeros(height, dtype=bool)
        begins[0] = self._length == 0
        if codes is not None:
            begins[1:] = codes[1:] != codes[:-1]
            begins[0] |= bool(self._last[0] is not None and codes[0] != self._last[0][0])
        return begins

    def _find_return(self, codes: Array | None, begins: NDArray[np.bool_], row_of: RowOf) -> None:
        """A sequence that was left and comes again."""
        if codes is None:
            return
        begun = codes[begins]
        unique, first = np.unique(begun, return_index=True)
        returned = np.ones(len(begun), dtype=bool)
        returned[first] = [code in self._seen for code in unique.tolist()]
        if returned.any():
            row = row_of(int(np.flatnonzero(begins)[returned][0]))
            self.disorder = Disorder(row, f"a sequence of '{self._names[0]}' that had ended before")
        self._seen.update(unique.tolist())

    def _find_step_back(self, times: Array | None, begins: NDArray[np.bool_], row_of: RowOf) -> None:
        """A time stamp that is not later than the one before, or earlier where several may be the same."""
        if times is None:
            return
        back = np.zeros(len(times), dtype=bool)
        early = np.less if self._ties else np.less_equal
        back[1:] = early(times[1:], times[:-1])
        back[0] = self._last[1] is not None and early(times[0], self._last[1][0])
        places = np.flatnonzero(back & ~begins)
        if len(places) and self.disorder is None:
            words = "earlier than" if self._ties else "not later than"
            reason = f"a time stamp {words} the one before, '{self._names[1]}' is {moment(times[places[0]])}"
            self.disorder = Disorder(row_of(int(places[0])), reason)


def sort_rows(codes: Array | None, times: Array | None) -> NDArray[np.int64]:
    """The order that puts rows by group, then by time; equal rows keep their order."""
    keys = [key for key in (times, codes) if key is not None]
    order: NDArray[np.int64] = np.lexsort(keys)
    return order


def must_not_go_back(source: str, codes: Array | None, times: Array, row_of: RowOf, time: str) -> None:
    """Checks that the time stamps of each sequence never fall, whether its rows lie together or not.

    Raises:
        DataError: one is earlier than the one before.
    """
    order = np.arange(len(times)) if codes is None else np.argsort(codes, kind="stable")
    back = times[order[1:]] < times[order[:-1]]
    if codes is not None:
        back &= codes[order[1:]] == codes[order[:-1]]
    if back.any():
        place = int(np.flatnonzero(back)[np.argmin(order[1:][back])])
        raise DataError(
            f"{source}, column '{time}', row {row_of(int(order[place + 1])) + 1}",
            expected="time stamps in order" + ("" if codes is None else " within each sequence"),
            came=f"{moment(times[order[place + 1]])} after {moment(times[order[place]])}",
            fix="sort the rows, or pass --sort to have them sorted",
        )


def drop_duplicates(
    codes: Array | None, times: Array | None, order: NDArray[np.int64], row_of: RowOf, rejects: Rejects, time: str
) -> NDArray[np.int64]:
    """The order without the rows that repeat a time stamp of their sequence; the earlier row stays.

    Raises:
        DataError: there is such a row, and rows are not skipped.
    """
    if times is None:
        return order
    same = times[order[1:]] == times[order[:-1]]
    if codes is not None:
        same &= codes[order[1:]] == codes[order[:-1]]
    again = np.flatnonzero(same) + 1
    first = {row_of(int(order[place])): row_of(int(order[place - 1])) for place in again.tolist()}
    rejects.add(
        time,
        sorted(first),
        expected="one row per time stamp" + ("" if codes is None else " of a sequence"),
        came=lambda row: f"the time stamp of row {first[row] + 1} again",
        fix="remove one of the rows, or name the column that tells sequences apart with --group",
    )
    return np.delete(order, again)


def must_be_ordered(source: str, disorder: Disorder, group: str | None, time: str | None) -> DataError:
    """The error for a streamed source that is not in order."""
    columns = " and ".join(f"'{name}'" for name in (group, time) if name is not None)
    fix = f"sort the file by {columns}, or raise --memory so that it is sorted in memory"
    return DataError(f"{source}, row {disorder.row + 1}", expected="rows in order", came=disorder.reason, fix=fix)
