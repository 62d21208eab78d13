"""Drawing: figure data to matplotlib figures."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from seqloom.report.axes import dress
from seqloom.report.figure_data import Cells, FigureData, Heat, Line, Panel
from seqloom.report.marks import paint_mark
from seqloom.report.palette import LIGHT

POINTS_PER_INCH = 72
"""One pixel of a page is one point of a figure."""

SIZES: Mapping[str, tuple[int, int]] = {
    "plain": (390, 245),
    "wide": (840, 285),
    "strip": (840, 95),
    "short": (390, 95),
    "square": (390, 365),
}
"""Width and height of a panel in points, by its shape; `short` is what a phone has of a strip."""

LEFT, RIGHT = 112, 12
"""Margins of aligned panels in points: room for the longest name of a row."""

WHOLE = ("wide", "strip")
"""Shapes that take the whole width of a page."""

_STYLE: Mapping[Any, Any] = {
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


@contextmanager
def house_style(**more: str) -> Iterator[None]:
    """The settings of matplotlib for our figures; those of before are put back afterwards."""
    with mpl.rc_context(dict(_STYLE) | more):
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
                alone = panel.shape in WHOLE or len(rows) == len(figure.panels)
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
        axes = drawing.add_subplot()
        paint(axes, panel)
        if panel.aligned:
            _align(drawing, axes)
    return drawing


def _align(drawing: Figure, axes: Axes) -> None:
    """The same margins at the left and at the right whatever the labels are; the height is as it was arranged."""
    drawing.draw_without_rendering()
    place, width = axes.get_position(), drawing.get_figwidth() * POINTS_PER_INCH
    drawing.set_layout_engine("none")
    left, right = LEFT / width, 1 - RIGHT / width
    axes.set_position((left, place.y0, right - left, place.height))


def paint(axes: Axes, panel: Panel) -> None:
    """Draw a panel into axes that are there already."""
    for order, mark in enumerate(panel.marks):
        own = isinstance(mark, Line) and mark.ink == "model"
        paint_mark(axes, mark, panel, order + (100.0 if own else 2.0))
    dress(axes, "x", panel.x)
    dress(axes, "y", panel.y)
    if any(isinstance(mark, Cells | Heat) for mark in panel.marks):
        low, high = sorted(axes.get_ylim())
        axes.set_ylim(high, low)  # the first row on top
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
        full = not rows or len(rows[-1]) == columns or rows[-1][0].shape in WHOLE or panel.shape in WHOLE
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
