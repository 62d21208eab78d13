"""Labels, scales and ticks."""

from typing import Literal

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from seqloom.report.figure_data import Axis

MILLISECONDS_PER_DAY = 86_400_000.0
"""Figure data counts milliseconds, matplotlib days."""

_AXIS_LABEL = {"x": 48, "y": 30}
_TICK_LABEL = 14
"""Letters of a label at most."""

_DECADES = 1000.0
"""Range of a logarithmic axis from which on only powers of ten are named."""

_SIDE_BY_SIDE = 45
"""Letters of labels that fit under a panel."""


def dress(axes: Axes, which: Literal["x", "y"], axis: Axis) -> None:
    """Give one side of a panel its label, scale and ticks."""
    side = axes.xaxis if which == "x" else axes.yaxis
    side.set_label_text(shortened(axis.label, _AXIS_LABEL[which]))
    if axis.log:
        (axes.set_xscale if which == "x" else axes.set_yscale)("log")
        low, high = axis.limits or (axes.get_xlim() if which == "x" else axes.get_ylim())
        many = low > 0 and high / low > _DECADES
        side.set_major_locator(LogLocator(subs=(1.0,) if many else (1.0, 2.0, 5.0), numticks=8))
        side.set_major_formatter(
            FuncFormatter(lambda value, _: "" if axis.whole and value != round(value) else f"{value:g}")
        )
        side.set_minor_locator(NullLocator())
    elif axis.kind == "time":
        locator = AutoDateLocator(minticks=3, maxticks=7)  # type: ignore[no-untyped-call]  # untyped in matplotlib
        side.set_major_locator(locator)
        side.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]  # untyped in matplotlib
    elif axis.kind == "label":
        _name_ticks(axes, which, axis.labels)
    else:
        side.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10], integer=axis.whole, min_n_ticks=1))
        axes.ticklabel_format(axis=which, useOffset=False)
    if axis.limits:
        (axes.set_xlim if which == "x" else axes.set_ylim)(*axis.limits)


def _name_ticks(axes: Axes, which: str, labels: tuple[str, ...]) -> None:
    names = [cut(label, _TICK_LABEL) for label in labels]
    turned = which == "x" and max(map(len, names), default=0) * len(names) > _SIDE_BY_SIDE
    set_ticks = axes.set_xticks if which == "x" else axes.set_yticks
    set_ticks(range(len(names)), names, rotation=90 if turned else 0, fontsize=min(10.5, font_size(len(names))))


def font_size(count: int) -> float:
    """Size of letters that stand in, or beside, this many rows of a square panel."""
    return 15 if count <= 5 else 12 if count <= 12 else 8 if count <= 30 else 5  # noqa: PLR2004 - as tried on paper


def shortened(text: str, length: int) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if len(text) <= length else text[: length - 1] + "…"


def cut(text: str, length: int) -> str:
    """The text, or its beginning and its end: classes are often told apart by their last letters."""
    head = length // 2
    return text if len(text) <= length else f"{text[:head]}…{text[head + 1 - length :]}"
