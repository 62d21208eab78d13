"""Figures about errors of numbers: plain arrays to figure data."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from seqloom.evaluate.figure_data import AnyMark, Axis, Band, Bars, FigureData, Line, Panel, Points, Rule
from seqloom.evaluate.thin import spread

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
        caption="Every point is one value; a perfect prediction lies on the diagonal, points below it were predicted too low."
        f" A cloud flatter than the diagonal means that extremes are missed.{sample}",
        panels=tuple(panels),
    )


def _span(values: Floats) -> tuple[float, float]:
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    edge = 0.04 * (high - low) or 0.5
    return low - edge, high + edge


def residual_histogram(residuals: Floats, names: tuple[str, ...]) -> FigureData:
    """How often errors of each size occur, with the normal curve of the same mean and spread.

    Args:
        residuals: actual minus predicted, [N, C]; NaN where the truth is not known.
        names: of the targets, length C.
    """
    panels = []
    for target, name in enumerate(names):
        known = residuals[np.isfinite(residuals[:, target]), target]
        panels.append(Panel(title=name if len(names) > 1 else "", marks=_histogram(known), x=Axis(label=f"actual minus predicted {name}"), y=Axis(label="share of values, %")))
    return FigureData(
        name="residuals",
        title="Residuals",
        caption="How far the truth lay from the prediction. Bars left of zero: predicted too high; right of zero: too low."
        " Tails that stand out above the curve are surprises larger than chance would bring.",
        panels=tuple(panels),
    )


def _histogram(values: Floats) -> tuple[AnyMark, ...]:
    if not len(values):
        return ()
    # Nearly all values fill the bars; the few beyond six interquartile ranges would only squeeze them.
    low, middle, high = np.percentile(values, [25, 50, 75])
    reach = 6 * (high - low) or max(float(np.ptp(values)), 1e-12)
    inner = values[np.abs(values - middle) <= reach]
    heights, edges = np.histogram(inner, bins=min(40, max(8, int(np.sqrt(len(values))))))
    width, centres = float(edges[1] - edges[0]), (edges[:-1] + edges[1:]) / 2
    bars = Bars(name="residuals", x=centres, y=100 * heights / len(values), width=width)
    spread_of_all = float(values.std())
    zero = Rule(along="upright", at=0.0)
    if not spread_of_all:
        return (bars, zero)
    x = np.linspace(edges[0], edges[-1], 160)
    normal = np.exp(-0.5 * ((x - values.mean()) / spread_of_all) ** 2) / (spread_of_all * np.sqrt(2 * np.pi))
    return (bars, Line(name="normal curve", ink="first", x=x, y=100 * width * normal), zero)


def autocorrelation(values: Mapping[str, Floats], bounds: Mapping[str, float], lag: str = "windows apart") -> FigureData:
    """Does an error announce the next one?

    Args:
        values: name of the target → autocorrelation at lags 1, 2, …
        bounds: name of the target → half width of the 95 % interval around zero.
        lag: what a lag counts.
    """
    panels = []
    for name, heights in values.items():
        lags = np.arange(1, len(heights) + 1, dtype=np.float64)
        x = np.array([0.4, len(heights) + 0.6])
        half = np.full(2, bounds[name])
        marks = (
            Band(name="95 % of chance", ink="reference", x=x, low=-half, high=half),
            Bars(name="autocorrelation", x=lags, y=heights, width=0.6),
            Rule(along="across", at=0.0),
        )
        panels.append(Panel(title=name if len(values) > 1 else "", marks=marks, x=Axis(label=lag), y=Axis(label="autocorrelation")))
    return FigureData(
        name="autocorrelation",
        title="Autocorrelation of the residuals",
        caption="How strongly the error one step ahead goes with that of an earlier window. Bars inside the grey band are what chance"
        " brings; bars outside it show a pattern the model has not learned.",
        panels=tuple(panels),
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
            Points(name="sequence", ink="history", x=x[chosen], y=y[chosen]),
            Band(name="middle half", x=middle_x, low=low, high=high),
            Line(name="median", x=middle_x, y=middle, dots=True),
        )
        panels.append(Panel(title=name if len(names) > 1 else "", marks=marks, x=Axis(label="steps of the sequence"), y=Axis(label=f"absolute error of {name}")))
    return FigureData(
        name="error-by-length",
        title="Error by length of the sequence",
        caption="Every grey point is one sequence. The line joins the medians of groups of about equal size, from the shortest to"
        " the longest sequences; a rising line means that long sequences are harder.",
        panels=tuple(panels),
    )


def _by_group(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Mean length and the error's quartiles of up to eight groups of about equal size."""
    order = np.argsort(x, kind="stable")
    groups = [group for group in np.array_split(order, min(_GROUPS, max(1, len(np.unique(x))))) if len(group)]
    places = np.array([x[group].mean() for group in groups])
    quartiles = np.array([np.percentile(y[group], [25, 50, 75]) for group in groups]).reshape(-1, 3)
    return places, quartiles[:, 0], quartiles[:, 1], quartiles[:, 2]
