"""Figures of how much steps and features matter."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.report import SERIES, Axis, Bars, FigureData, Heat, Line, Panel

MOST_FEATURES = 16
"""Features that are drawn, those that matter most."""

Floats = NDArray[np.float64]


def steps_figure(shares: Mapping[str, Floats], longest: int, what: str, half: float) -> FigureData:
    """How much steps matter, by how far they are from the end.

    Args:
        shares: of the last step or stretch, the one before it, and so on, in all that mattered, by method.
        longest: steps of the longest sequence.
        what: the number that was followed.
        half: steps from the end that hold half of it, by the first method.
    """
    marks = []
    for ink, (method, own) in zip(SERIES, shares.items(), strict=False):
        width = -(-longest // len(own))
        back = -width * np.arange(len(own))[::-1].astype(np.float64) - (width - 1) / 2
        marks.append(Line(name=method, ink=ink, x=back, y=100 * own[::-1], dots=len(own) < 32))  # noqa: PLR2004 - dots that do not touch
    return FigureData(
        name="steps",
        title="Which steps matter",
        caption=f"The share of each step in all that moved {what}, mean over the sequences that are so long; 0 is"
        " the last step. By"
        f" {next(iter(shares))} the last {half:,.0f} steps hold half of it in a typical sequence. A line that rises to"
        " the right: the model looks at what came last; a flat one: at all alike. In long"
        " sequences each step has a smaller share.",
        panels=(
            Panel(
                marks=tuple(marks),
                x=Axis(label="step, counted from the last one", whole=True),
                y=Axis(label="share, %"),
                shape="wide",
            ),
        ),
    )


def features_figure(names: Sequence[str], shares: Mapping[str, Floats], what: str) -> FigureData:
    """How much features matter, the one that matters most first.

    Args:
        names: of the features, length F.
        shares: of each in all that mattered, by method, [F] each.
        what: the number that was followed.
    """
    mean = np.mean([own / max(own.sum(), 1e-30) for own in shares.values()], axis=0)
    order = np.argsort(-mean, kind="stable")[:MOST_FEATURES]
    width = 0.8 / len(shares)
    marks = tuple(
        Bars(
            name=method,
            ink=ink,
            x=np.arange(len(order)) + (place - (len(shares) - 1) / 2) * width,
            y=100 * own[order],
            width=width,
        )
        for place, (ink, (method, own)) in enumerate(zip(SERIES, shares.items(), strict=False))
    )
    left_out = f" The first {len(order)} of {len(names)} features are drawn." if len(order) < len(names) else ""
    return FigureData(
        name="features",
        title="Which features matter",
        caption=f"How much each feature moved {what}, in per cent; the feature that matters most stands first. Methods"
        " measure different things: compare the order of the bars, not their heights. Features that say the same share"
        f" what they are worth.{left_out}",
        panels=(
            Panel(
                marks=marks,
                x=Axis(kind="label", labels=tuple(names[place] for place in order)),
                y=Axis(label="per cent"),
                shape="wide",
            ),
        ),
    )


def signed(matrix: Floats, names: tuple[str, str], top: float | None = None) -> tuple[Heat, Heat]:
    """A matrix whose values above zero are blue and those below it orange.

    Args:
        matrix: rows from top to bottom, [R, C].
        names: of both, for the legend.
        top: the value of full strength; None: the largest absolute one.
    """
    y, x = (places.ravel().astype(np.float64) for places in np.indices(matrix.shape))
    largest = float(np.nanmax(np.abs(matrix), initial=0.0)) if top is None else top
    above, below = (np.where(sign * matrix > 0, sign * matrix, 0.0).ravel() for sign in (1, -1))
    return (
        Heat(name=names[0], ink="model", x=x, y=y, values=above, top=largest or 1.0),
        Heat(name=names[1], ink="first", x=x, y=y, values=below, top=largest or 1.0),
    )
