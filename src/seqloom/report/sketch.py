"""A forecast sketched in a terminal."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from seqloom.report.canvas import Canvas
from seqloom.report.table import written

Floats = NDArray[np.float64]

_WIDEST, _NARROWEST = 100, 32


@dataclass(frozen=True)
class Signs:
    """The letters of a sketch."""

    line: str
    forecast: str
    band: str
    now: str
    side: str
    corner: str
    floor: str


BRAILLE = Signs(line="⠒⠢", forecast="●", band="░", now="┊", side="│", corner="└", floor="─")
ASCII = Signs(line="*", forecast="o", band=":", now="|", side="|", corner="+", floor="-")


@dataclass(frozen=True)
class Sketch:
    """What was seen, what was forecast and, where it is known, what happened. Rich prints it as wide as it fits.

    Args:
        history: the end of what was seen, [T].
        forecast: the next values, [P].
        low: lower border of the interval, [P]; None: no band.
        high: upper border of the interval, [P].
        truth: what happened, [P]; None or NaN where it is not known.
        labels: what stands under the left end, the present and the right end.
        title: stands above.
        height: lines of the drawing.
    """

    history: Floats
    forecast: Floats
    low: Floats | None = None
    high: Floats | None = None
    truth: Floats | None = None
    labels: tuple[str, str, str] = ("", "", "")
    title: str = ""
    height: int = 12

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lines of text that fit the console."""
        yield from self.lines(min(options.max_width, _WIDEST), braille=not options.ascii_only)

    def lines(self, width: int, *, braille: bool = True) -> Iterator[Text]:
        """The sketch line by line.

        Args:
            width: letters of a line, 32 at least.
            braille: whether braille and block letters can be printed; else plain ASCII.
        """
        signs, width = BRAILLE if braille else ASCII, max(width, _NARROWEST)
        low, high = self._span()
        scale = {row: written(value) for row, value in zip(self._ticks(), (high, (low + high) / 2, low), strict=True)}
        margin = max(map(len, scale.values())) + 1
        canvas = Canvas(width - margin - 1, self.height, low, high, braille=braille)
        self._draw(canvas, signs)
        if self.title:
            yield Text(_printable(self.title)[:width], style="bold")
        for row, line in enumerate(canvas.lines()):
            yield Text.assemble((f"{scale.get(row, ''):>{margin - 1}} {signs.side}", "dim"), line)
        yield Text(" " * margin + signs.corner + signs.floor * canvas.columns, style="dim")
        if any(self.labels):
            yield Text(" " * (margin + 1) + self._label_line(canvas.columns), style="dim")
        yield self._legend(signs, margin)

    def _ticks(self) -> tuple[int, int, int]:
        return 0, (self.height - 1) // 2, self.height - 1

    @property
    def _now(self) -> float:
        """The present, between the last step seen and the first one ahead, as a share of the width."""
        return (len(self.history) - 0.5) / max(1, len(self.history) + len(self.forecast) - 1)

    def _span(self) -> tuple[float, float]:
        parts = [self.history, self.forecast, self.low, self.high, self.truth]
        values = np.concatenate([np.asarray(part, dtype=np.float64) for part in parts if part is not None])
        values = values[np.isfinite(values)]
        low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)
        return (low, high) if high > low else (low - 1.0, high + 1.0)

    def _draw(self, canvas: Canvas, signs: Signs) -> None:
        seen, ahead = len(self.history), len(self.forecast)
        x = np.arange(seen + ahead) / max(1, seen + ahead - 1)
        if self.low is not None and self.high is not None:
            canvas.area(x[seen:], self.low, self.high, signs.band, "blue")
        canvas.upright(self._now, signs.now, "dim")
        truth = np.full(ahead, np.nan) if self.truth is None else self.truth
        canvas.line(x, np.concatenate([self.history, truth]), letter=signs.line)
        canvas.points(x[seen:], self.forecast, signs.forecast, "bold cyan")

    def _label_line(self, columns: int) -> str:
        """The three labels in their places, the middle one only where it has room."""
        left, middle, right = map(_printable, self.labels)
        letters = list(left.ljust(columns)[:columns])
        begin = max(0, columns - len(right))
        if right and len(left) + 2 <= begin:
            letters[begin:] = right[:columns]
        start = round(self._now * (columns - 1)) - len(middle) // 2
        if middle and len(left) + 2 <= start and start + len(middle) + 2 <= (begin if right else columns):
            letters[start : start + len(middle)] = middle
        return "".join(letters).rstrip()

    def _legend(self, signs: Signs, margin: int) -> Text:
        entries = [(signs.line, "", "seen" if self.truth is None else "seen, then what happened")]
        entries.append((signs.forecast, "bold cyan", "forecast"))
        if self.low is not None:
            entries.append((signs.band, "blue", "interval"))
        legend = Text(" " * (margin + 1))
        for sign, style, meaning in entries:
            legend.append(sign, style).append(f" {meaning}   ")
        legend.rstrip()
        return legend


def _printable(text: str) -> str:
    """Names come from files: no letter of theirs may steer the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
