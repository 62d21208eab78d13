"""The numbers of a figure as a table to be downloaded."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from seqloom.report.figure_data import AnyMark, Axis, Band, Cells, FigureData, Heat, Panel, Rule

Entry = float | str | None
Place = tuple[float, int]
"""A value of x, and how many times the mark had it before; of squares their row."""


def to_csv(figure: FigureData) -> str:
    """All points of a figure as CSV: one row per panel and value of x, one column per name in the legend.

    Bands have two columns, `low` and `high`. Lines for reference are left out.
    """
    tables = [_rows(panel) for panel in figure.panels]
    names = list(dict.fromkeys(name for rows in tables for row in rows.values() for name in row))
    several = len(figure.panels) > 1
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(["panel"] if several else []), _heading(figure), *names])
    for panel, rows in zip(figure.panels, tables, strict=True):
        for place in sorted(rows):
            cells = [rows[place].get(name) for name in names]
            writer.writerow([*([panel.title] if several else []), _entry(place[0], panel.x), *cells])
    return text.getvalue()


def _heading(figure: FigureData) -> str:
    axis = figure.panels[0].x if figure.panels else Axis()
    return "time" if axis.kind == "time" else axis.label or "x"


def _rows(panel: Panel) -> dict[Place, dict[str, Entry]]:
    rows: dict[Place, dict[str, Entry]] = {}
    for mark in panel.marks:
        if isinstance(mark, Rule):
            continue
        seen: Counter[float] = Counter()
        for name, values in _columns(mark, panel):
            seen.clear()
            heights = mark.y if isinstance(mark, Cells | Heat) else None
            for place, (x, value) in enumerate(zip(mark.x, values, strict=True)):
                if x is not None:
                    among = seen[x] if heights is None else int(heights[place] or 0)
                    rows.setdefault((x, among), {})[name] = value
                    seen[x] += 1
    return rows


def _columns(mark: AnyMark, panel: Panel) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Name and values of the columns of one mark."""
    match mark:
        case Rule():
            return
        case Band():
            yield f"{mark.name} low", mark.low
            yield f"{mark.name} high", mark.high
        case Cells() if len([other for other in panel.marks if isinstance(other, Cells)]) > 1:
            yield "row", mark.y
            yield mark.name, mark.share
            yield "text", mark.text
        case Cells():
            yield panel.y.label, tuple(_entry(y, panel.y) for y in mark.y)
            yield "share of the row", mark.share
            yield "count", mark.text
        case Heat():
            yield panel.y.label or "y", tuple(_entry(y, panel.y) for y in mark.y)
            yield mark.name or "value", mark.values
        case _:
            yield mark.name or panel.y.label or "y", mark.y


def _entry(value: float | None, axis: Axis) -> Entry:
    return value if value is None else axis.written(value)
