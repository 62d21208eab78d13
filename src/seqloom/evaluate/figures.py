"""Drawing: figure data to matplotlib figures."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from seqloom.evaluate.figure_data import AnyMark, Axis, Band, Bars, Cells, FigureData, Line, Panel, Points, Rule, Values
from seqloom.evaluate.palette import LIGHT
from seqloom.sequence import Array

POINTS_PER_INCH = 72
"""One pixel of a page is one point of a figure."""

SIZES = {"plain": (430, 265), "wide": (900, 300), "square": (430, 400)}
"""Width and height of a panel in points, by its shape."""

_STYLE = {
    "axes.edgecolor": LIGHT["muted"],
    "axes.labelcolor": LIGHT["muted"],
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.linewidth": 0.8,
    "axes.xmargin": 0.015,
    "axes.titlesize": 11,
    "axes.titlecolor": LIGHT["text"],
    "axes.titlelocation": "left",
    "font.size": 11,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "text.color": LIGHT["text"],
    "text.parse_math": False,  # a column may be called "$x$"
    "xtick.color": LIGHT["muted"],
    "ytick.color": LIGHT["muted"],
    "xtick.labelsize": 10.5,
    "ytick.labelsize": 10.5,
    "ytick.major.size": 0,
}

_DAY = 86_400_000.0
"""Milliseconds of a day; matplotlib counts days."""

_LABEL_LENGTH = 14
_FEW_CLASSES = 12


@contextmanager
def house_style(**more: str) -> Iterator[None]:
    """matplotlib's settings for our figures, put back afterwards."""
    with mpl.rc_context({**_STYLE, **more}):
        yield


def draw(figure: FigureData, *, columns: int = 2) -> Figure:
    """The figure on light paper with titles and a legend, for a notebook or a file.

    Args:
        figure: what to draw.
        columns: panels side by side; a wide panel takes a row of its own.

    Returns:
        A matplotlib figure that belongs to no window and no global state.
    """
    rows = _rows(figure.panels, columns)
    heights = [max(SIZES[panel.shape][1] for panel in row) for row in rows]
    width = SIZES["wide"][0] if len(rows) < len(figure.panels) else max(SIZES[row[0].shape][0] for row in rows)
    with house_style():
        drawing = sheet(width, sum(heights) + 40 + 20 * len(rows))
        drawing.suptitle(figure.title, x=0.01, ha="left", fontsize=13)
        grid = drawing.add_gridspec(len(rows), columns, height_ratios=heights)
        for r, row in enumerate(rows):
            for c, panel in enumerate(row):
                alone = panel.shape == "wide" or len(rows) == len(figure.panels)
                axes = drawing.add_subplot(grid[r, :] if alone else grid[r, c])
                paint(axes, panel)
                axes.set_title(panel.title)
        handles, names = legend_entries(drawing)
        if handles:
            drawing.legend(handles, names, loc="outside lower left", ncols=4)
    return drawing


def draw_panel(panel: Panel, *, shape: str | None = None) -> Figure:
    """One panel alone, without title and legend, as the page shows it.

    Args:
        panel: what to draw.
        shape: one of `SIZES`; None: the panel's own.
    """
    with house_style():
        drawing = sheet(*SIZES[shape or panel.shape])
        paint(drawing.add_subplot(), panel)
    return drawing


def paint(axes: Axes, panel: Panel) -> None:
    """Draws a panel into axes that are there already."""
    for order, mark in enumerate(panel.marks):
        own = isinstance(mark, Line) and mark.ink == "model"
        _PAINTERS[type(mark)](axes, mark, panel, order + (100.0 if own else 2.0))
    _dress(axes, "x", panel.x)
    _dress(axes, "y", panel.y)
    if any(isinstance(mark, Cells) for mark in panel.marks):
        axes.invert_yaxis()
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)
    else:
        axes.grid(axis="y", color=LIGHT["faint"], linewidth=0.8)
        axes.set_axisbelow(True)
    if panel.shape == "square":
        axes.set_aspect("equal", adjustable="box")


def sheet(width: float, height: float) -> Figure:
    """Empty paper of a size in points, its parts arranged so that nothing overlaps."""
    return Figure(
        figsize=(width / POINTS_PER_INCH, height / POINTS_PER_INCH), dpi=POINTS_PER_INCH, layout="constrained"
    )


def _rows(panels: tuple[Panel, ...], columns: int) -> list[list[Panel]]:
    rows: list[list[Panel]] = []
    for panel in panels:
        full = not rows or len(rows[-1]) == columns or rows[-1][0].shape == "wide" or panel.shape == "wide"
        if full:
            rows.append([panel])
        else:
            rows[-1].append(panel)
    return rows


def legend_entries(drawing: Figure) -> tuple[list[Any], list[str]]:
    """One entry per name that is drawn, in order of appearance."""
    found: dict[str, Any] = {}
    for axes in drawing.axes:
        for handle, name in zip(*axes.get_legend_handles_labels(), strict=True):
            found.setdefault(name, handle)
    return list(found.values()), list(found)


def _numbers(values: Values, axis: Axis) -> Array:
    numbers = np.asarray([np.nan if value is None else value for value in values], dtype=np.float64)
    return numbers / _DAY if axis.kind == "time" else numbers


def _label(mark: AnyMark) -> str:
    # Matplotlib leaves names that start with "_" out of the legend; a column may be called so.
    return ("\u200b" + mark.name) if mark.name.startswith("_") else mark.name or "_nameless"


def _line(axes: Axes, mark: Line, panel: Panel, order: float) -> None:
    axes.plot(
        _numbers(mark.x, panel.x),
        _numbers(mark.y, panel.y),
        color=LIGHT[mark.ink],
        linewidth=2.0 if mark.ink == "model" else 1.2,
        linestyle=(0, (4, 2.5)) if mark.dashed else "solid",
        marker="o" if mark.dots else "",
        markersize=5 if mark.ink == "model" else 4,
        markeredgewidth=0,
        label=_label(mark),
        zorder=order,
    )


def _band(axes: Axes, mark: Band, panel: Panel, order: float) -> None:
    low, high = _numbers(mark.low, panel.y), _numbers(mark.high, panel.y)
    axes.fill_between(
        _numbers(mark.x, panel.x),
        low,
        high,
        color=LIGHT[mark.ink],
        alpha=0.2,
        linewidth=0,
        label=_label(mark),
        zorder=order,
    )


def _points(axes: Axes, mark: Points, panel: Panel, order: float) -> None:
    axes.plot(
        _numbers(mark.x, panel.x),
        _numbers(mark.y, panel.y),
        color=LIGHT[mark.ink],
        linestyle="none",
        marker="o",
        markersize=4,
        markeredgewidth=0,
        alpha=0.5,
        label=_label(mark),
        zorder=order,
    )


def _bars(axes: Axes, mark: Bars, panel: Panel, order: float) -> None:
    axes.bar(
        _numbers(mark.x, panel.x),
        _numbers(mark.y, panel.y),
        width=mark.width * 0.94,
        color=LIGHT[mark.ink],
        alpha=0.65,
        label=_label(mark),
        zorder=order,
    )


def _cells(axes: Axes, mark: Cells, panel: Panel, order: float) -> None:
    columns, rows = len(panel.x.labels), len(panel.y.labels)
    size = 15 if max(columns, rows) <= 5 else 12 if max(columns, rows) <= _FEW_CLASSES else 8  # noqa: PLR2004 - see the picture
    for x, y, share, text in zip(mark.x, mark.y, mark.share, mark.text, strict=True):
        place, strength = (float(x or 0) - 0.47, float(y or 0) - 0.47), 0.04 + 0.56 * float(share or 0)
        axes.add_patch(Rectangle(place, 0.94, 0.94, color=LIGHT[mark.ink], alpha=strength, lw=0, zorder=order))
        axes.text(float(x or 0), float(y or 0), text, ha="center", va="center", fontsize=size, zorder=order + 0.5)
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(-0.5, rows - 0.5)


def _rule(axes: Axes, mark: Rule, panel: Panel, order: float) -> None:
    style: dict[str, Any] = {"color": LIGHT[mark.ink], "linewidth": 1.1, "linestyle": (0, (4, 3))}
    style |= {"label": _label(mark), "zorder": order}
    if mark.along == "diagonal":
        axes.axline((0, 0), slope=1, **style)
    elif mark.along == "across":
        axes.axhline(mark.at, **style)
    else:
        axes.axvline(mark.at / _DAY if panel.x.kind == "time" else mark.at, **style)


_PAINTERS: dict[type[Any], Callable[[Axes, Any, Panel, float], None]] = {
    Line: _line,
    Band: _band,
    Points: _points,
    Bars: _bars,
    Cells: _cells,
    Rule: _rule,
}


def _dress(axes: Axes, which: str, axis: Axis) -> None:
    """Label, scale and ticks of one axis."""
    side = axes.xaxis if which == "x" else axes.yaxis
    side.set_label_text(shortened(axis.label, 48))
    if axis.log:
        (axes.set_xscale if which == "x" else axes.set_yscale)("log")
        side.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0), numticks=8))
        side.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        side.set_minor_locator(NullLocator())
    elif axis.kind == "time":
        locator = AutoDateLocator(minticks=3, maxticks=7)
        side.set_major_locator(locator)
        side.set_major_formatter(ConciseDateFormatter(locator))
    elif axis.kind == "label":
        _name_ticks(axes, which, axis.labels)
    else:
        side.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
        axes.ticklabel_format(axis=which, useOffset=False)
    if axis.limits:
        (axes.set_xlim if which == "x" else axes.set_ylim)(*axis.limits)


def _name_ticks(axes: Axes, which: str, labels: tuple[str, ...]) -> None:
    names = [shortened(label, _LABEL_LENGTH) for label in labels]
    longest = max(map(len, names), default=0)
    small = 10.5 if len(names) <= _FEW_CLASSES else 8
    turn = 90 if which == "x" and longest * len(names) > 45 else 0  # noqa: PLR2004 - letters that fit side by side
    (axes.set_xticks if which == "x" else axes.set_yticks)(range(len(names)), names, rotation=turn, fontsize=small)


def shortened(text: str, length: int) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if len(text) <= length else text[: length - 1] + "…"
