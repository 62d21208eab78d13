"""Figures about remaining life: plain arrays to figure data."""

import numpy as np
from numpy.typing import NDArray

from seqloom.report.figure_data import Axis, Band, FigureData, Line, Panel, Points, Rule

Floats = NDArray[np.float64]

GROUPS = 13
"""Groups of true lives, about; of 125 steps they hold ten each."""
TAILS = (0.1, 0.5, 0.9)
"""What of the errors of a group is drawn: the middle and most of them."""


def life_errors(late: Floats, truth: Floats, cap: int) -> FigureData:
    """How far answers are off while the end comes nearer.

    Args:
        late: predicted minus true life, in steps, [N]; NaN where the truth is not known.
        truth: true life, [N].
        cap: the largest life.
    """
    places, groups = life_groups(truth, cap)
    low, middle, high = (
        np.array([np.nanquantile(late[groups == place], share) for place in range(len(places))]) for share in TAILS
    )
    panel = Panel(
        marks=(
            Band(name="8 of 10 answers", x=places, low=low, high=high),
            Line(name="the middle one", x=places, y=middle, dots=True),
            Rule(name="right", along="across", at=0.0),
        ),
        x=Axis(label="true life, steps until the end", limits=(1.02 * max(1.0, float(np.nanmax(truth))), -0.5)),
        y=Axis(label="predicted minus true, steps"),
        shape="wide",
    )
    return FigureData(
        name="life-errors",
        title="Error by true life",
        caption="The end comes nearer from left to right. Above zero: a life was told too long, the costly side; below"
        " it: too short. Life counts as full at"
        f" {cap:,} steps and more, drawn at the left end: there an error can be on one side only. The band should"
        " become narrow towards the end.",
        panels=(panel,),
    )


def life_groups(truth: Floats, cap: int) -> tuple[Floats, NDArray[np.int64]]:
    """Groups of steps of about the same true life, those with a full one by themselves.

    Args:
        truth: true life, [N]; NaN where it is not known.
        cap: the largest life.

    Returns:
        The mean life of each group that has any, rising, and the group of each step, [N], -1 where it is not known.

    Example:
        >>> places, groups = life_groups(np.array([0.0, 1.0, 125.0, np.nan]), cap=125)
        >>> places.tolist(), groups.tolist()
        ([0.5, 125.0], [0, 0, 1, -1])
    """
    known = np.isfinite(truth)
    width = -(-cap // GROUPS)
    numbers = np.where(truth[known] >= cap, GROUPS, truth[known] // width).astype(np.int64)
    there, own = np.unique(numbers, return_inverse=True)
    groups = np.full(len(truth), -1, dtype=np.int64)
    groups[known] = own
    means = np.bincount(own, truth[known], minlength=len(there)) / np.maximum(np.bincount(own), 1)
    return means, groups


def last_steps(values: Floats, truth: Floats) -> FigureData:
    """Each sequence at its last step, ordered by its true life.

    Args:
        values: predicted lives, [S].
        truth: true ones, [S].
    """
    order = np.argsort(truth, kind="stable")
    places = np.arange(1, len(order) + 1, dtype=np.float64)
    panel = Panel(
        marks=(
            Line(name="actual", ink="truth", x=places, y=truth[order]),
            Points(name="predicted", x=places, y=values[order]),
        ),
        x=Axis(label="sequences, in the order of their true life"),
        y=Axis(label="life at the last step, steps"),
        shape="wide",
    )
    return FigureData(
        name="last-steps",
        title="Life at the last step of each sequence",
        caption="Every point is one sequence, judged once, at its last step. Points above the line were told to last"
        " longer than they did.",
        panels=(panel,),
    )
