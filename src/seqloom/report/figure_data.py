"""A figure as data: panels of marks, to be drawn, stored as JSON, or downloaded as a table."""

from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from seqloom.sequence import Array

Ink = Literal["truth", "model", "history", "reference", "first", "second", "third", "fourth", "fifth", "sixth"]
"""What a mark stands for; the palette gives it a colour, one for light paper and one for dark."""

SERIES: tuple[Ink, ...] = ("first", "second", "third", "fourth", "fifth", "sixth")
"""Inks of things that stand beside the model: alternatives, classes."""


def _plain(values: object) -> object:
    """Numbers as JSON has them: nine significant digits, None for what is not finite."""
    if not isinstance(values, np.ndarray):
        return values
    numbers = values.astype(np.float64).tolist()
    return tuple(
        None if not np.isfinite(number) else number if number == int(number) else float(f"{number:.9g}")
        for number in numbers
    )


Values = Annotated[tuple[float | None, ...], BeforeValidator(_plain)]


class Noun(BaseModel):
    """Frozen data that survives JSON unchanged."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Mark(Noun):
    """Something drawn in a panel. Its name stands in the legend and heads its column of the download."""

    name: str = ""
    ink: Ink = "model"


class Line(Mark):
    """Points joined by a line; a gap where `y` is None."""

    kind: Literal["line"] = "line"
    x: Values
    y: Values
    dashed: bool = False
    dots: bool = False


class Band(Mark):
    """The area between two lines."""

    kind: Literal["band"] = "band"
    x: Values
    low: Values
    high: Values


class Points(Mark):
    """Single points."""

    kind: Literal["points"] = "points"
    x: Values
    y: Values


class Bars(Mark):
    """Bars that stand on zero; `x` are their centres, `width` is in units of x."""

    kind: Literal["bars"] = "bars"
    x: Values
    y: Values
    width: float


class Cells(Mark):
    """Squares of a matrix, as strong in colour as their share (0 to 1), with a short text in each."""

    kind: Literal["cells"] = "cells"
    x: Values
    y: Values
    share: Values
    text: tuple[str, ...]


class Heat(Mark):
    """Squares of a matrix without a text, as strong in colour as their value, from nothing at 0 to all at `top`.

    Two of them show values of both signs: one those above zero, one those below it, each in an ink of its own.
    """

    kind: Literal["heat"] = "heat"
    x: Values
    y: Values
    values: Values
    top: float


class Rule(Mark):
    """A straight line for reference: `across` at y = `at`, `upright` at x = `at`, or the diagonal y = x."""

    kind: Literal["rule"] = "rule"
    ink: Ink = "reference"
    along: Literal["across", "upright", "diagonal"]
    at: float = 0.0


AnyMark = Annotated[Line | Band | Points | Bars | Cells | Heat | Rule, Field(discriminator="kind")]


class Axis(Noun):
    """One axis of a panel.

    Args:
        label: what it shows, with the unit.
        kind: `number`; `time`, where values are milliseconds since 1970; or `label`, where value `i` is `labels[i]`.
        log: whether it is logarithmic.
        labels: names of the values 0, 1, 2, … of a `label` axis.
        limits: lowest and highest value shown; None: from the data.
        whole: whether there is nothing between its whole numbers, which alone are written.
    """

    label: str = ""
    kind: Literal["number", "time", "label"] = "number"
    log: bool = False
    labels: tuple[str, ...] = ()
    limits: tuple[float, float] | None = None
    whole: bool = False

    def written(self, value: float) -> float | str:
        """A value as a table shows it: times in ISO form, labels by name."""
        if self.kind == "time":
            return str(np.datetime64(int(value), "ms")).removesuffix(".000").removesuffix("T00:00:00")
        return self.labels[int(value)] if self.kind == "label" else value


class Panel(Noun):
    """One pair of axes.

    Args:
        title: stands above the panel where a figure has several.
        marks: what is drawn, the first at the bottom.
        x: the horizontal axis.
        y: the vertical axis.
        shape: `plain`, `wide` (the whole width of the page), `strip` (as wide, but low) or `square` (one unit of x as
            long as one of y).
        aligned: whether it stands above or below others whose horizontal axis is to begin and end where its own does.
    """

    title: str = ""
    marks: tuple[AnyMark, ...]
    x: Axis = Axis()
    y: Axis = Axis()
    shape: Literal["plain", "wide", "strip", "square"] = "plain"
    aligned: bool = False


class Key(Noun):
    """One entry of a legend."""

    name: str
    ink: Ink
    sign: Literal["line", "dashed", "band", "points", "bars", "cells", "heat", "rule"]


class FigureData(Noun):
    """A figure: what it shows, how to read it, and every number in it.

    Args:
        name: a short name in lower case with hyphens; part of the download's file name.
        title: what is shown.
        caption: how to read it.
        panels: the pairs of axes.
    """

    name: str
    title: str
    caption: str
    panels: tuple[Panel, ...]

    def legend(self) -> tuple[Key, ...]:
        """One entry per name of a mark, in order of appearance."""
        keys: dict[str, Key] = {}
        for mark in (mark for panel in self.panels for mark in panel.marks if mark.name):
            sign = "dashed" if isinstance(mark, Line) and mark.dashed else mark.kind
            keys.setdefault(mark.name, Key(name=mark.name, ink=mark.ink, sign=sign))
        return tuple(keys.values())


def clock(times: Array, label: str = "step") -> tuple[Array, Axis]:
    """Time stamps or step numbers as numbers to draw, and the axis that shows them.

    Args:
        times: datetime64 or numbers, any shape.
        label: the axis' label where there is no clock.

    Returns:
        float64 numbers of the same shape, and their axis.
    """
    times = np.asarray(times)
    if np.issubdtype(times.dtype, np.datetime64):
        milliseconds = times.astype("datetime64[ms]")
        return np.where(np.isnat(milliseconds), np.nan, milliseconds.astype(np.int64).astype(np.float64)), Axis(
            kind="time"
        )
    return times.astype(np.float64), Axis(label=label)
