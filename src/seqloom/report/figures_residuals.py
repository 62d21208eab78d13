"""Figures about errors of numbers: plain arrays to figure data."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from seqloom.evaluate.residuals import Autocorrelation, Histogram, histogram
from seqloom.report.figure_data import AnyMark, Axis, Band, Bars, FigureData, Line, Panel, Points, Rule
from seqloom.report.thin import spread

Floats = NDArray[np.float64]

POINTS = 700
"""Points of a scatter: more only darken it."""

_GROUPS = 8


def predicted_against_actual(values: Floats, truth: Floats, names: tuple[str, ...]) -> FigureData:
    """One point per value: how far from the diagonal do they lie?

    Args:
        values: predictions, [N, C]; in the order of time or of the sequences.
        truth: what was to be predicted, [N, C]; NaN where it is not known.
        names: of the targets, length C.
    """
    panels, shown = [], 0
    for target, name in enumerate(names):
        known = np.flatnonzero(np.isfinite(truth[:, target]) & np.isfinite(values[:, target]))
        chosen = known[spread(len(known), POINTS)]
        shown = max(shown, len(chosen))
        actual, predicted = truth[chosen, target], values[chosen, target]
        limits = _span(np.concatenate([actual, predicted]))
        axes = {"x": Axis(label=f"actual {name}", limits=limits), "y": Axis(label=f"predicted {name}", limits=limits)}
        marks = (Rule(name="perfect", along="diagonal"), Points(name="prediction", x=actual, y=predicted))
        panels.append(Panel(title=name if len(names) > 1 else "", marks=marks, shape="square", **axes))
    sample = f" {shown:,} of {len(values):,} values are drawn." if shown < len(values) else ""
    return FigureData(
        name="predicted-actual",
        title="Predicted against actual",
        caption="Every point is one value; a perfect prediction lies on the diagonal, points below it were"
        f" predicted too low. A cloud flatter than the diagonal means that extremes are missed.{sample}",
        panels=tuple(panels),
    )


def _span(values: Floats) -> tuple[float, float]:
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    edge = 0.04 * (high - low) or 0.5
    return low - edge, high + edge


def residual_histogram(residuals: Floats, names: tuple[str, ...]) -> FigureData:
    """How often errors of each size occur, with the normal curve of the same mean and deviation.

    Args:
        residuals: actual minus predicted, [N, C]; NaN where the truth is not known.
        names: of the targets, length C.
    """
    panels = tuple(
        Panel(
            title=name if len(names) > 1 else "",
            marks=_bars(histogram(residuals[:, target])),
            x=Axis(label=f"actual minus predicted {name}"),
            y=Axis(label="share of values, %"),
        )
        for target, name in enumerate(names)
    )
    return FigureData(
        name="residuals",
        title="Residuals",
        caption="How far the truth lay from the prediction. Bars left of zero: predicted too high; right of zero:"
        " too low. Bars that stand out above the ends of the curve are surprises larger than chance would bring.",
        panels=panels,
    )


def _bars(found: Histogram | None) -> tuple[AnyMark, ...]:
    """The histogram's bars and its normal curve, in per cent of all values."""
    if found is None:
        return ()
    edges, width = found.edges, float(found.edges[1] - found.edges[0])
    share = 100 / found.counts.sum()
    bars = Bars(name="residuals", x=(edges[:-1] + edges[1:]) / 2, y=share * found.counts, width=width)
    zero = Rule(along="upright", at=0.0)
    if not found.deviation:
        return (bars, zero)
    x = np.linspace(edges[0], edges[-1], 160)
    density = np.exp(-0.5 * ((x - found.mean) / found.deviation) ** 2) / (found.deviation * np.sqrt(2 * np.pi))
    return (bars, Line(name="normal curve", ink="first", x=x, y=100 * width * density), zero)


def autocorrelation_figure(found: Mapping[str, Autocorrelation]) -> FigureData:
    """Does an error announce the next one?

    Args:
        found: name of the target → autocorrelation of its errors one step ahead.
    """
    panels = tuple(
        Panel(
            title=name if len(found) > 1 else "",
            marks=_lags(own),
            x=Axis(label="lag: windows apart"),
            y=Axis(label="autocorrelation"),
        )
        for name, own in found.items()
    )
    return FigureData(
        name="autocorrelation",
        title="Autocorrelation of the residuals",
        caption="How strongly the error one step ahead goes with that of the window so many windows earlier. Bars"
        " inside the grey band are what chance brings 95 times of 100; bars outside it show a pattern the model has"
        " not learned.",
        panels=panels,
    )


def _lags(found: Autocorrelation) -> tuple[AnyMark, ...]:
    count = len(found.values)
    half = np.full(2, found.bound)
    return (
        Band(name="95 % of chance", ink="reference", x=np.array([0.4, count + 0.6]), low=-half, high=half),
        Bars(name="autocorrelation", x=np.arange(1, count + 1), y=found.values, width=0.6),
        Rule(along="across", at=0.0),
    )


def errors_by_length(lengths: NDArray[np.int64], errors: Floats, names: tuple[str, ...]) -> FigureData:
    """Do longer sequences go wrong more often?

    Args:
        lengths: steps of each sequence, [N].
        errors: absolute error of each sequence, [N, C]; NaN where the truth is not known.
        names: of the targets, length C.
    """
    panels = []
    for target, name in enumerate(names):
        known = np.flatnonzero(np.isfinite(errors[:, target]))
        x, y = lengths[known].astype(np.float64), errors[known, target]
        chosen = spread(len(known), POINTS)
        middle_x, low, middle, high = _by_group(x, y)
        marks = (
            Points(name="prediction", ink="history", x=x[chosen], y=y[chosen]),
            Band(name="middle half", x=middle_x, low=low, high=high),
            Line(name="median", x=middle_x, y=middle, dots=True),
        )
        panels.append(
            Panel(
                title=name if len(names) > 1 else "",
                marks=marks,
                x=Axis(label="steps seen"),
                y=Axis(label=f"absolute error of {name}"),
            )
        )
    return FigureData(
        name="error-by-length",
        title="Error by length",
        caption="Every grey point is one prediction. The line joins the medians of groups of about equal size, from"
        " the shortest to the longest; a rising line means that long sequences are harder, a falling one that"
        " seeing more helps.",
        panels=tuple(panels),
    )


def _by_group(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Mean length and the error's quartiles of up to eight groups of about equal size."""
    order = np.argsort(x, kind="stable")
    groups = [group for group in np.array_split(order, min(_GROUPS, max(1, len(np.unique(x))))) if len(group)]
    places = np.array([x[group].mean() for group in groups])
    quartiles = np.array([np.percentile(y[group], [25, 50, 75]) for group in groups]).reshape(-1, 3)
    return places, quartiles[:, 0], quartiles[:, 1], quartiles[:, 2]
