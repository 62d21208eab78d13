"""Figures about classes: plain arrays to figure data."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.evaluate.figure_data import SERIES, AnyMark, Axis, Bars, Cells, FigureData, Ink, Line, Panel, Rule
from seqloom.evaluate.thin import spread, thin
from seqloom.sequence import Array

Floats = NDArray[np.float64]

FEW = 6
"""Classes that may each have a colour of their own."""

_NUMBERED = 20
_CURVE_POINTS = 200

Curve = tuple[Floats, Floats]
"""x and y of a curve."""


def confusion_matrix(counts: NDArray[np.int64], classes: tuple[str, ...]) -> FigureData:
    """Which class is taken for which.

    Args:
        counts: sequences by true class (row) and predicted class (column), [K, K].
        classes: labels, in order.
    """
    rows, columns = np.nonzero(np.ones_like(counts) if len(classes) <= _NUMBERED else counts)
    totals = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    shares = (counts / totals)[rows, columns]
    numbers = [f"{counts[row, column]:,}" if len(classes) <= _NUMBERED and counts[row, column] else "" for row, column in zip(rows, columns, strict=True)]
    cells = Cells(x=columns.astype(float), y=rows.astype(float), share=shares, text=tuple(numbers))
    panel = Panel(
        marks=(cells,),
        x=Axis(label="predicted", kind="label", labels=classes),
        y=Axis(label="true", kind="label", labels=classes),
        shape="square",
    )
    return FigureData(
        name="confusion",
        title="Confusion matrix",
        caption="Each row is a true class, each column what it was taken for; the colour is the share of the row, the number counts"
        " sequences. A perfect model has colour on the diagonal only.",
        panels=(panel,),
    )


def curves_figure(name: str, curves: Mapping[str, Curve], summary: Curve | None, hardest: str) -> FigureData:
    """ROC (`name` "roc") or precision-recall ("precision-recall") curves.

    Args:
        name: which kind.
        curves: class → false and true positive rate, or recall and precision. Two classes: the positive one only.
        summary: the mean over the classes, where there are several.
        hardest: the class with the smallest area, marked where there are too many classes for a colour each.
    """
    roc = name == "roc"
    marks: list[AnyMark] = [Rule(name="chance", along="diagonal")] if roc else []
    marks += [_curve(label, curve, _ink(place, len(curves), label == hardest), len(curves) > FEW and label != hardest) for place, (label, curve) in enumerate(curves.items())]
    if summary is not None:
        marks.append(_curve("mean of the classes", summary, "model", unnamed=False))
    unit = (-0.02, 1.02)
    x, y = ("false positive rate", "true positive rate") if roc else ("recall", "precision")
    panel = Panel(marks=tuple(marks), x=Axis(label=x, limits=unit), y=Axis(label=y, limits=unit), shape="square")
    several = " One curve for each class against all others." if len(curves) > 1 else f" The class told apart is {next(iter(curves))}." if curves else ""
    crowd = f" With so many classes the curves are grey; the hardest class ({hardest}) has a colour." if len(curves) > FEW else ""
    reading = (
        "Share of a class that is found (up) against share of the others taken for it (right), at every threshold; the nearer"
        " to the upper left corner the better, the diagonal is guessing."
        if roc
        else "Of what is called this class, the share that is right (up), against the share of the class that is found (right),"
        " at every threshold; the nearer to the upper right corner the better."
    )
    title = "ROC curve" if roc else "Precision and recall"
    return FigureData(name=name, title=title, caption=reading + several + crowd, panels=(panel,))


def _ink(place: int, count: int, hardest: bool) -> Ink:  # noqa: FBT001 - private, named by its caller
    if count == 1:
        return "model"
    if count <= FEW:
        return SERIES[place]
    return "first" if hardest else "history"


def _curve(name: str, curve: Curve, ink: Ink, unnamed: bool) -> Line:  # noqa: FBT001 - private
    keep = spread(len(curve[0]), _CURVE_POINTS)
    return Line(name="other classes" if unnamed else name, ink=ink, x=curve[0][keep], y=curve[1][keep])


def calibration(confidence: Floats, right: NDArray[np.bool_], subject: str) -> FigureData:
    """Can a stated probability be taken at its word?

    Args:
        confidence: stated probabilities, [N].
        right: whether what was stated came true, [N].
        subject: what the probability is of: "the predicted class", or the positive class.
    """
    bins = np.clip((confidence * 10).astype(np.int64), 0, 9)
    counts = np.bincount(bins, minlength=10)
    filled = np.flatnonzero(counts)
    stated = np.bincount(bins, confidence, minlength=10)[filled] / counts[filled]
    observed = np.bincount(bins, right.astype(np.float64), minlength=10)[filled] / counts[filled]
    unit = (-0.02, 1.02)
    reliability = Panel(
        title="stated and observed",
        marks=(Rule(name="perfect", along="diagonal"), Line(name="model", x=stated, y=observed, dots=True)),
        x=Axis(label=f"stated probability of {subject}", limits=unit),
        y=Axis(label="share that came true", limits=unit),
    )
    histogram = Panel(
        title="how often each was stated",
        marks=(Bars(name="predictions", x=np.arange(10) / 10 + 0.05, y=counts.astype(float), width=0.1),),
        x=Axis(label=f"stated probability of {subject}", limits=unit),
        y=Axis(label="sequences"),
    )
    return FigureData(
        name="calibration",
        title="Calibration of the probabilities",
        caption="Predictions are grouped by the probability stated. On the diagonal a stated 80 % comes true in 80 % of the cases;"
        " below it the model is too sure of itself, above it too timid. Groups of few predictions scatter: see the right panel.",
        panels=(reliability, histogram),
    )


def series_figure(name: str, title: str, caption: str, series: Sequence[tuple[str, Array]], features: tuple[str, ...]) -> FigureData:
    """Single sequences, each in a panel.

    Args:
        name: name of the figure.
        title: what is shown.
        caption: how to read it.
        series: for each sequence the panel's title and its features by step, [T, F]; the first six features are drawn.
        features: names of the features, length F.
    """
    panels = tuple(Panel(title=heading, marks=tuple(_series(values, features)), x=Axis(label="step"), y=Axis()) for heading, values in series)
    left_out = f" The first {FEW} of {len(features)} features are drawn." if len(features) > FEW else ""
    return FigureData(name=name, title=title, caption=caption + left_out, panels=panels)


def _series(values: Array, features: tuple[str, ...]) -> list[AnyMark]:
    inks: tuple[Ink, ...] = ("model",) if len(features) == 1 else SERIES
    lines: list[AnyMark] = []
    for feature, (name, ink) in enumerate(zip(features, inks, strict=False)):
        heights = np.asarray(values[:, feature], dtype=np.float64)
        keep = thin(heights)
        lines.append(Line(name=name, ink=ink, x=keep + 1.0, y=heights[keep], dots=len(heights) == 1))
    return lines
