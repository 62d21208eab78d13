"""Figures of single sequences: plain arrays to figure data."""

from collections.abc import Sequence

import numpy as np

from seqloom.report.figure_data import SERIES, AnyMark, Axis, FigureData, Ink, Line, Panel
from seqloom.report.table import written
from seqloom.report.thin import PLAIN, thin
from seqloom.report.value_outcome import Floats, ValueOutcome
from seqloom.sequence import Array

_SHARED = 4
"""Features share an axis while it is no longer than this many of their ranges."""

SHARES = (0.1, 0.5, 0.75, 0.9)
"""Which sequences are shown: those whose error is larger than this share of all sequences'."""


def series_figure(
    name: str, title: str, caption: str, series: Sequence[tuple[str, Array]], features: tuple[str, ...]
) -> FigureData:
    """Single sequences, each in a panel.

    Args:
        name: name of the figure.
        title: what is shown.
        caption: how to read it.
        series: for each sequence the panel's title and its features by step, [T, F]; the first six features are drawn.
        features: names of the features, length F.
    """
    drawn = [(heading, np.asarray(values, dtype=np.float64)[:, : len(SERIES)]) for heading, values in series]
    ranges = _ranges([values for _, values in drawn])
    if ranges is not None:
        low, width = ranges
        drawn = [(heading, (values - low) / width) for heading, values in drawn]
        caption += " Each feature is drawn from its lowest (0) to its highest value (1), because their units differ."
    if len(features) > len(SERIES):
        caption += f" The first {len(SERIES)} of {len(features)} features are drawn."
    panels = tuple(
        Panel(title=heading, marks=_lines(values, features), x=Axis(label="step")) for heading, values in drawn
    )
    return FigureData(name=name, title=title, caption=caption, panels=panels)


def _ranges(series: Sequence[Floats]) -> tuple[Floats, Floats] | None:
    """Lowest value and range of each feature, where they are too different to share an axis."""
    stacked = np.concatenate(series) if series else np.empty((0, 0))
    stacked = stacked[np.isfinite(stacked).all(axis=1)]
    if not stacked.size or stacked.shape[1] == 1:
        return None
    low, width = stacked.min(axis=0), np.ptp(stacked, axis=0)
    if float(np.ptp(stacked)) <= _SHARED * float(np.median(width)):
        return None
    return low, np.where(width > 0, width, 1.0)


def _lines(values: Floats, features: tuple[str, ...]) -> tuple[AnyMark, ...]:
    inks: tuple[Ink, ...] = ("truth",) if len(features) == 1 else SERIES
    drawn = values.T[: len(inks)]
    share = 2 * PLAIN // max(2, len(drawn))  # the features share the points of a panel
    keep = np.unique(np.concatenate([thin(heights, share) for heights in drawn]))
    return tuple(
        Line(name=name, ink=ink, x=keep + 1, y=heights[keep], dots=len(heights) == 1)
        for heights, name, ink in zip(drawn, features, inks, strict=False)
    )


def value_paths(outcome: ValueOutcome) -> FigureData:
    """Predicted and actual first target over the steps of four sequences, from an easy one to a hard one."""
    keys, owner = np.unique(outcome.prediction.keys, return_inverse=True)
    squares = outcome.residuals[:, 0] ** 2
    known = np.isfinite(squares)
    counts = np.bincount(owner, known, minlength=len(keys))
    errors = np.sqrt(np.bincount(owner, np.where(known, squares, 0.0), minlength=len(keys)) / np.maximum(counts, 1))
    ranked = np.flatnonzero(counts)[np.argsort(errors[counts > 0], kind="stable")]
    places = dict.fromkeys(round(share * (len(ranked) - 1)) for share in SHARES) if len(ranked) else {}
    return FigureData(
        name="paths",
        title=f"Predictions of {outcome.prediction.targets[0]} step by step, from an easy sequence to a hard one",
        caption="Each panel is one sequence: blue is what the model said at each step from what it had seen until"
        " then, the other line the truth. The sequences stand at 10, 50, 75 and 90 % of all ordered by their root"
        " mean squared error (RMSE), so the second is the typical one.",
        panels=tuple(_path(outcome, owner == ranked[place], float(errors[ranked[place]])) for place in places),
    )


def _path(outcome: ValueOutcome, own: Array, error: float) -> Panel:
    rows = np.flatnonzero(own)
    rows = rows[np.argsort(outcome.lengths[rows], kind="stable")]
    truth, values = outcome.truth[rows, 0], outcome.prediction.values[rows, 0]
    keep = np.union1d(thin(truth, PLAIN), thin(values, PLAIN))
    steps: Floats = outcome.lengths[rows].astype(np.float64)
    return Panel(
        title=f"{outcome.prediction.keys[rows[0]]} · RMSE {written(error)}",
        marks=(
            Line(name="actual", ink="truth", x=steps[keep], y=truth[keep]),
            Line(name="predicted", x=steps[keep], y=values[keep]),
        ),
        x=Axis(label="step"),
        y=Axis(label=outcome.prediction.targets[0]),
    )
