"""Figures about classes: plain arrays to figure data."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.evaluate.curves import Curve
from seqloom.report.figure_data import SERIES, AnyMark, Axis, Bars, Cells, FigureData, Ink, Line, Panel, Rule

Floats = NDArray[np.float64]

NUMBERED = 20
"""Classes up to which the confusion matrix has its counts written in."""

_UNIT = (-0.02, 1.02)
_BINS = 10
_ROOMY = 5
_GRID = np.linspace(0, 1, 101)


def confusion_figure(counts: NDArray[np.int64], classes: tuple[str, ...], *, of: str = "sequences") -> FigureData:
    """Which class is taken for which.

    Args:
        counts: sequences or steps by true class (row) and predicted class (column), [K, K].
        classes: labels, in order.
        of: what is counted.
    """
    rows, columns = np.nonzero(np.ones_like(counts) if len(classes) <= NUMBERED else counts)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    counted = zip(counts[rows, columns].tolist(), shares[rows, columns].tolist(), strict=True)
    text = [_cell_text(count, share, len(classes)) for count, share in counted]
    cells = Cells(x=columns, y=rows, share=shares[rows, columns], text=tuple(text))
    panel = Panel(
        marks=(cells,),
        x=Axis(label="predicted class", kind="label", labels=classes),
        y=Axis(label="true class", kind="label", labels=classes),
        shape="square",
    )
    return FigureData(
        name="confusion",
        title="Confusion matrix",
        caption=f"Each row is a true class, each column what it was taken for. The number counts {of}, the"
        " colour is the share of the row. A perfect model has colour on the diagonal only.",
        panels=(panel,),
    )


def _cell_text(count: int, share: float, classes: int) -> str:
    if not count or classes > NUMBERED:
        return ""
    return f"{count:,}\n{100 * share:.0f} %" if classes <= _ROOMY else f"{count:,}"


@dataclass(frozen=True)
class _Reading:
    """How a kind of curve is read."""

    title: str
    x: str
    y: str
    caption: str


_READINGS = {
    "roc": _Reading(
        title="ROC curve",
        x="false positive rate",
        y="true positive rate",
        caption="At every threshold: the share of the class that is found (up) against the share of the others"
        " taken for it (right). The nearer to the upper left corner the better; the diagonal is guessing.",
    ),
    "precision-recall": _Reading(
        title="Precision and recall",
        x="recall",
        y="precision",
        caption="At every threshold: the share of what is called the class that is of it (up) against the share of"
        " the class that is found (right). The nearer to the upper right corner the better.",
    ),
}


def curves_figure(name: str, curves: Mapping[str, Curve]) -> FigureData:
    """Curves of classes against all others.

    Args:
        name: `roc` or `precision-recall`.
        curves: class → its curve; one for two classes.
    """
    reading = _READINGS[name]
    caption = reading.caption
    marks: list[AnyMark] = [Rule(name="guessing", along="diagonal")] if name == "roc" else []
    if len(curves) == 1:
        ((label, curve),) = curves.items()
        if name == "precision-recall":  # the curve begins where everything is called the class
            marks.append(Rule(name="guessing", along="across", at=float(curve.y[0])))
        marks.append(_line(f"{label} (area {curve.area:.3f})", curve))
    elif len(curves) <= len(SERIES):
        marks += [
            _line(f"{label} ({curves[label].area:.3f})", curves[label], ink)
            for label, ink in zip(curves, SERIES, strict=False)
        ]
        caption += " One curve for each class against all others, with the area under it."
    else:
        marks += _crowd(name, curves)
        caption += " One curve for each class against all others; their areas stand in the table above."
    axes = {"x": Axis(label=reading.x, limits=_UNIT), "y": Axis(label=reading.y, limits=_UNIT)}
    return FigureData(
        name=name, title=reading.title, caption=caption, panels=(Panel(marks=tuple(marks), shape="square", **axes),)
    )


def _crowd(name: str, curves: Mapping[str, Curve]) -> list[AnyMark]:
    """More classes than colours: grey ones, the hardest one, and the mean of all."""
    hardest = min(curves, key=lambda label: curves[label].area)
    lines: list[AnyMark] = [
        _line("other classes", curve, "history") for label, curve in curves.items() if label != hardest
    ]
    heights = np.mean([_on_grid(name, curve) for curve in curves.values()], axis=0)
    mean = Line(name="mean of the classes", x=_GRID, y=heights)
    return [*lines, _line(f"hardest: {hardest} ({curves[hardest].area:.3f})", curves[hardest], "first"), mean]


def _on_grid(name: str, curve: Curve) -> Floats:
    """The best height that can be had for at most (ROC) or at least (precision-recall) each value of x."""
    reached = curve.x <= _GRID[:, None] if name == "roc" else curve.x >= _GRID[:, None]  # [101, points]
    heights: Floats = np.where(reached, curve.y, 0.0).max(axis=1)
    return heights


def _line(name: str, curve: Curve, ink: Ink = "model") -> Line:
    return Line(name=name, ink=ink, x=curve.x, y=curve.y)


def calibration(stated: Floats, came_true: NDArray[np.bool_], subject: str, *, of: str = "sequences") -> FigureData:
    """Can a stated probability be taken at its word?

    Args:
        stated: probabilities, [N].
        came_true: whether what was stated came true, [N].
        subject: what the probability is of, as a noun.
        of: what is counted.
    """
    bins = np.clip((stated * _BINS).astype(np.int64), 0, _BINS - 1)
    counts = np.bincount(bins, minlength=_BINS)
    filled = np.flatnonzero(counts)
    mean = np.bincount(bins, stated, minlength=_BINS)[filled] / counts[filled]
    observed = np.bincount(bins, came_true.astype(np.float64), minlength=_BINS)[filled] / counts[filled]
    reliability = Panel(
        title="stated and observed",
        marks=(Rule(name="perfect", along="diagonal"), Line(name="model", x=mean, y=observed, dots=True)),
        x=Axis(label=f"stated probability of {subject}", limits=_UNIT),
        y=Axis(label="share that came true", limits=_UNIT),
    )
    histogram = Panel(
        title="how often each was stated",
        marks=(Bars(name="predictions", x=(np.arange(_BINS) + 0.5) / _BINS, y=counts, width=1 / _BINS),),
        x=Axis(label=f"stated probability of {subject}", limits=_UNIT),
        y=Axis(label=of),
    )
    return FigureData(
        name="calibration",
        title="Calibration of the probabilities",
        caption="Predictions are grouped by the probability stated. On the diagonal a stated 80 % comes true in 80"
        " % of the cases; below it the model is too sure of itself, above it too timid. Groups of few predictions"
        " scatter: see the right panel.",
        panels=(reliability, histogram),
    )
