"""Drawing one mark into axes."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from seqloom.report.axes import MILLISECONDS_PER_DAY, font_size
from seqloom.report.figure_data import AnyMark, Axis, Band, Bars, Cells, Heat, Line, Panel, Points, Rule, Values
from seqloom.report.palette import LIGHT
from seqloom.sequence import Array

_FEW_POINTS = 120
"""Points that each count: they are drawn larger and stronger than those of a cloud."""
_WIDTHS = {"model": 2.0, "truth": 1.2, "history": 1.2}


def paint_mark(axes: Axes, mark: AnyMark, panel: Panel, order: float) -> None:
    """Draw a mark of a panel; a higher order is nearer to the reader."""
    _PAINTERS[type(mark)](axes, mark, panel, order)


def _numbers(values: Values, axis: Axis) -> Array:
    numbers = np.asarray([np.nan if value is None else value for value in values], dtype=np.float64)
    return numbers / MILLISECONDS_PER_DAY if axis.kind == "time" else numbers


def _label(mark: AnyMark) -> str:
    # Matplotlib leaves names that start with "_" out of the legend; a column may be called so.
    return ("\u200b" + mark.name) if mark.name.startswith("_") else mark.name or "_nameless"


def _line(axes: Axes, mark: Line, panel: Panel, order: float) -> None:
    axes.plot(
        _numbers(mark.x, panel.x),
        _numbers(mark.y, panel.y),
        color=LIGHT[mark.ink],
        linewidth=_WIDTHS.get(mark.ink, 1.5),
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
    few = len(mark.x) <= _FEW_POINTS
    axes.plot(
        _numbers(mark.x, panel.x),
        _numbers(mark.y, panel.y),
        color=LIGHT[mark.ink],
        linestyle="none",
        marker="o",
        markersize=6 if few else 4,
        markeredgewidth=0,
        alpha=0.8 if few else 0.5,
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
    size = font_size(max(columns, rows))
    for x, y, share, text in zip(mark.x, mark.y, mark.share, mark.text, strict=True):
        place, strength = (float(x or 0) - 0.47, float(y or 0) - 0.47), 0.04 + 0.56 * float(share or 0)
        axes.add_patch(Rectangle(place, 0.94, 0.94, color=LIGHT[mark.ink], alpha=strength, lw=0, zorder=order))
        axes.text(float(x or 0), float(y or 0), text, ha="center", va="center", fontsize=size, zorder=order + 0.5)
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(-0.5, rows - 0.5)


def _heat(axes: Axes, mark: Heat, panel: Panel, order: float) -> None:
    """One picture for all squares, clear where the value is zero, so that it lies on light and on dark paper."""
    x, y = _numbers(mark.x, panel.x), _numbers(mark.y, panel.y)
    columns, rows = (int(values.max(initial=0)) + 1 for values in (x, y))
    picture = np.zeros((rows, columns, 4))
    picture[..., :3] = to_rgb(LIGHT[mark.ink])
    strength = np.nan_to_num(_numbers(mark.values, Axis())) / (mark.top or 1.0)
    picture[y.astype(np.int64), x.astype(np.int64), 3] = np.clip(strength, 0, 1)
    extent = (-0.5, columns - 0.5, rows - 0.5, -0.5)
    axes.imshow(picture, extent=extent, aspect="auto", interpolation="none", zorder=order)
    axes.plot([], [], color=LIGHT[mark.ink], linewidth=6, label=_label(mark))  # pictures have no place in a legend


def _rule(axes: Axes, mark: Rule, panel: Panel, order: float) -> None:
    style: dict[str, Any] = {"color": LIGHT[mark.ink], "linewidth": 1.1, "linestyle": (0, (4, 3))}
    style |= {"label": _label(mark), "zorder": order}
    if mark.along == "diagonal":
        axes.axline((0, 0), slope=1, **style)
    elif mark.along == "across":
        axes.axhline(mark.at, **style)
    else:
        axes.axvline(mark.at / MILLISECONDS_PER_DAY if panel.x.kind == "time" else mark.at, **style)


_PAINTERS: dict[type[Any], Callable[[Axes, Any, Panel, float], None]] = {
    Line: _line,
    Band: _band,
    Points: _points,
    Bars: _bars,
    Cells: _cells,
    Heat: _heat,
    Rule: _rule,
}
