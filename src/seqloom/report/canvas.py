"""Letters as a drawing: braille dots for lines, blocks for areas."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

Floats = NDArray[np.float64]

_BRAILLE = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille letter, by row and column."""


@dataclass(frozen=True)
class Canvas:
    """Letters that cover x from 0 to 1 and y from `low` to `high`. What is drawn later covers what was there.

    Args:
        columns: letters in a row.
        rows: lines.
        low: height of the lowest line's foot.
        high: height of the top line's head.
        braille: whether lines are made of braille dots, or of one letter per column.
    """

    columns: int
    rows: int
    low: float
    high: float
    braille: bool = True
    letters: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)

    def line(self, x: Floats, y: Floats, *, letter: str = "*", style: str = "") -> None:
        """A line through points, x increasing; a gap where y is NaN."""
        across, down = (2, 4) if self.braille else (1, 1)
        bits: dict[tuple[int, int], int] = {}
        for column, row in self._dots(x, y, across, down):
            place = (row // down, column // across)
            bits[place] = bits.get(place, 0) | _DOTS[row % down][column % across]
        for place, pattern in bits.items():
            self.letters[place] = (chr(_BRAILLE + pattern) if self.braille else letter, style)

    def points(self, x: Floats, y: Floats, letter: str, style: str) -> None:
        """One letter in every column that the points reach, at the height of the line through them."""
        for column, height in self._heights(x, y):
            self.letters[self._row(height, self.rows), column] = (letter, style)

    def area(self, x: Floats, low: Floats, high: Floats, letter: str, style: str) -> None:
        """Letters between two lines."""
        for (column, bottom), (_, top) in zip(self._heights(x, low), self._heights(x, high), strict=True):
            for row in range(self._row(top, self.rows), self._row(bottom, self.rows) + 1):
                self.letters[row, column] = (letter, style)

    def upright(self, x: float, letter: str, style: str) -> None:
        """A line from foot to head."""
        for row in range(self.rows):
            self.letters[row, round(x * (self.columns - 1))] = (letter, style)

    def lines(self) -> Iterator[Text]:
        """The drawing from top to bottom."""
        for row in range(self.rows):
            yield Text.assemble(*(self.letters.get((row, column), (" ", "")) for column in range(self.columns)))

    def _row(self, height: float, count: int) -> int:
        share = (self.high - height) / (self.high - self.low)
        return int(np.clip(share * count, 0, count - 1))

    def _heights(self, x: Floats, y: Floats) -> list[tuple[int, float]]:
        """Column and height wherever the line through the points passes the middle of a column."""
        known = np.isfinite(y)
        if not known.any():
            return []
        first, last = (round(float(end) * (self.columns - 1)) for end in (x[known][0], x[known][-1]))
        columns = np.arange(first, last + 1)
        heights = np.interp(columns / max(1, self.columns - 1), x[known], y[known])
        return list(zip(columns.tolist(), heights.tolist(), strict=True))

    def _dots(self, x: Floats, y: Floats, across: int, down: int) -> Iterator[tuple[int, int]]:
        """Dots of the straight lines between neighbouring points."""
        places = np.round(x * (self.columns * across - 1)).astype(np.int64).tolist()
        for start in range(len(x)):
            stop = min(start + 1, len(x) - 1)
            if not np.isfinite(y[start]):
                continue
            end = stop if np.isfinite(y[stop]) else start
            one, other = (self._row(float(y[place]), self.rows * down) for place in (start, end))
            count = max(abs(places[end] - places[start]), abs(other - one)) + 1
            columns, rows = np.linspace(places[start], places[end], count), np.linspace(one, other, count)
            yield from zip(columns.round().astype(int).tolist(), rows.round().astype(int).tolist(), strict=True)
