"""Bad cells: the first one stops the reading, or all of them are set aside and counted."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.read.table import Table


class Judge(Protocol):
    """Whom bad cells are reported to."""

    def add(
        self, column: str | None, rows: Iterable[int], *, expected: str, came: Callable[[int], str], fix: str
    ) -> None:
        """Reports bad rows of a column; `came` gives words for what stands in a row."""


class Rejects:
    """The judge every reader reports bad cells to.

    Args:
        source: name of the source, for messages.
        skip: whether bad rows are set aside; otherwise the first one raises.
    """

    def __init__(self, source: str, *, skip: bool) -> None:
        self.source = source
        self.skip = skip
        self.reasons: dict[int, str] = {}

    def add(
        self, column: str | None, rows: Iterable[int], *, expected: str, came: Callable[[int], str], fix: str
    ) -> None:
        """Reports bad rows of one column.

        Args:
            column: name of the column; None where the row as a whole is bad.
            rows: row numbers in the source, from 0.
            expected: what was expected in the cell.
            came: words for what stands in a row, given its number.
            fix: what to do about it.

        Raises:
            DataError: at the first row, unless rows are skipped.
        """
        for row in rows:
            place = "" if column is None else f"column '{column}', "
            if not self.skip:
                raise DataError(f"{self.source}, {place}row {row + 1}", expected=expected, came=came(row), fix=fix)
            self.reasons.setdefault(row, f"{place}expected {expected}, came {came(row)}")

    def add_uneven(self, table: Table, *, wide: bool) -> None:
        """Reports rows with too many or too few fields; in a wide table too few are a shorter sequence."""
        width = len(table.types)
        bad = [row for row, count in table.uneven.items() if not (wide and count < width)]
        fix = "correct the line, or pass --on-error skip; text with the delimiter in it needs quotes"
        self.add(None, bad, expected=f"{width} fields", came=lambda row: f"{table.uneven[row]}", fix=fix)

    def kept(self, first: int, height: int) -> NDArray[np.int64] | None:
        """Which of the `height` rows from row `first` on are good, counted from `first`; None where all are."""
        bad = [row - first for row in self.reasons if first <= row < first + height]
        return np.delete(np.arange(height), bad) if bad else None

    def notes(self) -> tuple[str, ...]:
        """One sentence on what was set aside, if anything was."""
        if not self.reasons:
            return ()
        row = min(self.reasons)
        return (f"bad rows skipped: {len(self.reasons)}; the first is row {row + 1}: {self.reasons[row]}",)

    def write(self, table: Table, path: Path) -> None:
        """Writes the rows set aside as CSV: row number, reason, then the cells as they came."""
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["row", "reason", *table.types])
            first = 0
            for slab in table.slabs():
                bad = sorted(row for row in self.reasons if first <= row < first + slab.height)
                cells = [slab.get_column(name).gather([row - first for row in bad]).to_list() for name in table.types]
                writer.writerows(
                    [row + 1, self.reasons[row], *values] for row, *values in zip(bad, *cells, strict=True)
                )
                first += slab.height
