"""Single sequences drawn with what their answer rests on."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.explain.attribution import Attribution
from seqloom.explain.figures_steps import signed
from seqloom.explain.question import Floats
from seqloom.report import SERIES, Axis, Cells, FigureData, Line, Panel, cut

LETTERS = 60
"""Letters in a row of a text."""
LOW = 2
"""Rows of a text up to which a low panel is enough."""
ROWS = 12
"""Rows of a text at most."""
TOKEN = 14
"""Letters of a token at most."""
LINES = 4
"""Features drawn as lines."""
FEW = 4
"""Strips below which a low panel is enough."""
LEAST = 0.005
"""Share of all that moves answers below which a feature is not drawn."""
STRIPS = 12
"""Features drawn as strips."""


def text_panel(title: str, tokens: Sequence[str], values: Floats, names: tuple[str, str]) -> Panel:
    """A text whose tokens are coloured by a number: blue above zero, orange below.

    Args:
        title: of the panel.
        tokens: in order; of a long text the stretch that has most of the numbers is drawn.
        values: one for each.
        names: of both colours, for the legend.
    """
    shown = [cut(token.replace("\n", "⏎"), TOKEN) for token in tokens]
    columns = int(np.clip(LETTERS // max(map(len, shown), default=1), 4, 30))
    first, stop = _stretch(np.abs(values), columns * ROWS)
    values, shown = values[first:stop], shown[first:stop]
    places = np.arange(len(shown))
    top = float(np.abs(values).max(initial=0.0)) or 1.0
    marks = tuple(
        Cells(
            name=name,
            ink=ink,
            x=(places % columns)[own].astype(np.float64),
            y=(places // columns)[own].astype(np.float64),
            share=np.abs(values[own]) / top,
            text=tuple(shown[place] for place in places[own]),
        )
        for name, ink, own in zip(names, ("model", "first"), (values >= 0, values < 0), strict=True)
    )
    rows = int(places.max(initial=0)) // columns + 1
    blank = Axis(kind="label", labels=("",) * columns), Axis(kind="label", labels=("",) * rows)
    return Panel(title=title, marks=marks, x=blank[0], y=blank[1], shape="wide" if rows > LOW else "strip")


def _stretch(strengths: Floats, most: int) -> tuple[int, int]:
    """So many neighbouring places at most that have the largest sum together."""
    if len(strengths) <= most:
        return 0, len(strengths)
    sums = np.cumsum(np.concatenate([[0.0], strengths]))
    first = int(np.argmax(sums[most:] - sums[:-most]))
    return first, first + most


def series_panels(
    title: str, series: Floats, values: Floats, names: Sequence[str], drawn: NDArray[np.int64], what: tuple[str, str]
) -> tuple[Panel, Panel]:
    """A series, and below it how much each feature mattered at each step.

    Args:
        title: of the upper panel.
        series: the features by step as the network reads them, [T, F].
        values: how much they mattered, [T, F], or of whole steps, [T, 1].
        names: of the features.
        drawn: the features that are drawn, those that matter most first.
        what: names of both colours, for the legend.
    """
    x = np.arange(len(series), dtype=np.float64)
    lines = tuple(
        Line(name=names[feature], ink=ink, x=x, y=series[:, feature], dots=len(x) == 1)
        for ink, feature in zip(SERIES[1:], drawn[:LINES], strict=False)
    )
    limits = (-0.5, len(x) - 0.5)
    scale = Axis(label="scaled")
    upper = Panel(title=title, marks=lines, x=Axis(limits=limits, whole=True), y=scale, shape="wide", aligned=True)
    whole = values.shape[1] == 1
    rows = values if whole else values[:, drawn[:STRIPS]]
    labels = (
        ("effect" if what[1] else what[0],)
        if whole
        else tuple(cut(names[feature], TOKEN) for feature in drawn[:STRIPS])
    )
    lower = Panel(
        marks=signed(rows.T, what),
        x=Axis(label="step, counted from 0", limits=limits, whole=True),
        y=Axis(kind="label", labels=labels),
        shape="strip" if len(labels) < FEW else "wide",
        aligned=True,
    )
    return upper, lower


def drawn_examples(
    attribution: Attribution,
    sequences: Sequence[int],
    titles: Sequence[str],
    series: Sequence[Floats],
    tokens: Sequence[Sequence[str]] | None,
    *,
    attended: bool = False,
) -> FigureData:
    """Some sequences with what their answer rests on.

    Args:
        attribution: how much steps and features mattered.
        sequences: which of its sequences are drawn.
        titles: of each.
        series: features of each by step, [T, F].
        tokens: of each, where sequences are texts.
        attended: whether the numbers are the model's own weights of attention.
    """
    what = ("read more", "") if attended else ("raises the number", "lowers it")
    panels: list[Panel] = []
    shares = attribution.feature_shares()
    order = np.argsort(-shares, kind="stable")
    order = order[: max(1, int((shares > LEAST).sum()))]
    if attribution.features is None and series:
        order = np.argsort(-series[0].std(axis=0), kind="stable")
    for place, sequence in enumerate(sequences):
        steps = attribution.steps[sequence]
        if tokens is not None:
            panels.append(text_panel(titles[place], tokens[place], steps, what))
            continue
        values = steps[:, None] if attribution.features is None else attribution.features[sequence]
        panels += series_panels(titles[place], series[place], values, attribution.names, order, what)
    kind = "Each token is" if tokens is not None else "The strips below each series are"
    read = " The lines are what the network read, scaled, those features that matter most."
    note = read if tokens is None else " Of long texts the stretch that matters most is drawn."
    if attended:
        note = "" if tokens is None else note
        return FigureData(
            name="attended-examples",
            title="Where the model attends in single sequences",
            caption="The bluer a step, the more of the summary from which the model answers is read there: the weights"
            " of its attention, which sum to 1 over a sequence. They say where it looks, not whether that raises or"
            f" lowers an answer. Colours are scaled for each sequence by itself.{note}",
            panels=tuple(panels),
        )
    return FigureData(
        name="examples",
        title="What single answers rest on",
        caption=f"{kind} blue where it raised {attribution.what}, orange where it lowered it, by {attribution.method};"
        f" the stronger the colour, the more. Each title ends with that number. Colours are scaled for each sequence by"
        f" itself.{note}",
        panels=tuple(panels),
    )
