"""Figures about events: plain arrays to figure data."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.report.figure_data import Axis, Bars, Cells, FigureData, Line, Panel, Rule

Floats = NDArray[np.float64]

_UNIT = (-0.02, 1.02)
_BINS = 20
_WRITTEN = 12
"""Types up to which shares are written into the cells."""


def transition_figure(came: Floats, expected: Floats, types: Sequence[str]) -> FigureData:
    """What follows what: as it came, and as it was expected.

    Args:
        came: share of each next type (column) after each type (row), NaN where that never came, [K, K].
        expected: mean probability given to it, [K, K].
        types: names, in order.
    """
    panels = tuple(
        _matrix(title, values, tuple(types)) for title, values in (("as it came", came), ("as expected", expected))
    )
    return FigureData(
        name="transitions",
        title="What follows what",
        caption="Each row is the type of an event, each column the type of the next; the colour is the share of the"
        " row. Left: the shares that came. Right: the mean of the probabilities that the model gave. The two look alike"
        " where the model knows how often things follow each other.",
        panels=panels,
    )


def _matrix(title: str, shares: Floats, types: tuple[str, ...]) -> Panel:
    rows, columns = np.nonzero(np.nan_to_num(shares) > 0)
    values = shares[rows, columns]
    text = tuple(f"{100 * value:.0f}" if len(types) <= _WRITTEN and value >= 0.005 else "" for value in values)  # noqa: PLR2004 - rounds to 0 %
    return Panel(
        title=title,
        marks=(Cells(x=columns, y=rows, share=values, text=text),),
        x=Axis(label="next type, % of the row", kind="label", labels=types),
        y=Axis(label="type", kind="label", labels=types),
        shape="square",
    )


def gap_figure(places: Floats) -> FigureData:
    """Can stated gaps be taken at their word?

    Args:
        places: where each gap lies in its distribution, 0 to 1, [N].
    """
    levels = np.linspace(0, 1, 101)
    observed = np.searchsorted(np.sort(places), levels, side="right") / max(1, len(places))
    stated = Panel(
        title="stated and observed",
        marks=(Rule(name="perfect", along="diagonal"), Line(name="model", x=levels, y=observed)),
        x=Axis(label="stated probability of a gap no longer", limits=_UNIT),
        y=Axis(label="share of gaps no longer", limits=_UNIT),
    )
    counts, _ = np.histogram(places, bins=_BINS, range=(0, 1))
    shares = counts * _BINS / max(1, len(places))
    histogram = Panel(
        title="where gaps lie in their distributions",
        marks=(
            Bars(name="gaps", x=(np.arange(_BINS) + 0.5) / _BINS, y=shares, width=1 / _BINS),
            Rule(name="perfect", along="across", at=1.0),
        ),
        x=Axis(label="place in the stated distribution", limits=_UNIT),
        y=Axis(label="gaps, relative to an even spread"),
    )
    return FigureData(
        name="gaps",
        title="Calibration of the gaps",
        caption="Where stated distributions are right, gaps lie evenly in them: the line follows the diagonal, the bars"
        " are level. Bars high at both ends: the model is too sure of the gap. A gap of zero is given a place at random"
        " within the probability stated for it.",
        panels=(stated, histogram),
    )
