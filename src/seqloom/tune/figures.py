"""Figures of a search: how it went, what mattered, what each setting brought."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.report import FigureData
from seqloom.report.figure_data import Axis, Bars, Line, Panel, Points, Rule
from seqloom.tune.record import Tried
from seqloom.tune.space import Choice, Real, Space, Whole

CLIP = 4.0
"""Values farther above the best than so many times the middle trial's are drawn at the edge."""
PANELS = 12


def history_figure(trials: Sequence[Tried], measured: str) -> FigureData:
    """The value of every trial in order, and the best so far.

    Args:
        trials: all finished ones.
        measured: what they are compared by, in words.
    """
    known = [trial for trial in trials if trial.value is not None]
    top = _top(known)
    best = np.fmin.accumulate(
        [trial.value if trial.ending == "complete" and trial.value is not None else np.nan for trial in known]
    )
    marks: list[Line | Points | Rule] = [Rule(name="defaults", along="across", at=_defaults(known) or 0.0)]
    if _defaults(known) is None:
        marks.clear()
    for ending, ink in (("pruned", "history"), ("complete", "model")):
        own = [trial for trial in known if trial.ending == ending]
        if own:
            marks.append(_points(ending, ink, [trial.number for trial in own], own, top))
    marks.append(Line(name="best so far", ink="first", x=_numbers([trial.number for trial in known]), y=best))
    return FigureData(
        name="trials",
        title="Trial by trial",
        caption="Every point is a trial, at the value it was left with; grey ones were given up early. The line is the"
        f" best so far.{_edge(known, top)}",
        panels=(Panel(marks=tuple(marks), x=Axis(label="trial"), y=Axis(label=measured), shape="wide"),),
    )


def importance_figure(shares: Mapping[str, float]) -> FigureData:
    """How much of the differences between trials goes with each setting.

    Args:
        shares: by the name of the setting, largest first.
    """
    names = tuple(shares)
    bars = Bars(name="share", x=np.arange(len(names)), y=100 * np.array(list(shares.values())), width=0.6)
    return FigureData(
        name="importance",
        title="What mattered",
        caption="The share of the differences between completed trials that goes with each setting alone or with"
        " others, in the ranges that were searched; of few trials a rough picture.",
        panels=(
            Panel(
                marks=(bars,),
                x=Axis(kind="label", labels=tuple(name.replace("_", " ") for name in names)),
                y=Axis(label="share, %"),
                shape="wide",
            ),
        ),
    )


def slices_figure(trials: Sequence[Tried], space: Space, order: Sequence[str], measured: str) -> FigureData:
    """The value of every trial over each of its settings.

    Args:
        trials: all finished ones.
        space: what was searched.
        order: names of settings, those to be shown first.
        measured: what trials are compared by, in words.
    """
    known = [trial for trial in trials if trial.value is not None]
    ranked = [name for name in order if name in space.settings]
    names = [*ranked, *(name for name in space.settings if name not in ranked)][:PANELS]
    top = _top(known)
    panels = tuple(_slice(name, known, space, measured, top) for name in names)
    return FigureData(
        name="slices",
        title="Setting by setting",
        caption="Every point is a trial, over the value of one of its settings; the others differ, too. Where the"
        f" lowest points crowd, that setting does well. Grey ones were given up early.{_edge(known, top)}",
        panels=panels,
    )


def _slice(name: str, known: Sequence[Tried], space: Space, measured: str, top: float) -> Panel:
    having = [trial for trial in known if name in trial.drawn]
    ranges = [one.range for one in space.searched if one.setting == name]
    labels: tuple[str, ...] = ()
    if isinstance(ranges[0], Choice):
        found = [one for own in ranges if isinstance(own, Choice) for one in own.values]
        values = list(dict.fromkeys([*found, *(trial.drawn[name] for trial in having)]))
        labels = tuple("yes" if one is True else "no" if one is False else str(one) for one in values)
        places = [float(values.index(trial.drawn[name])) for trial in having]
        axis = Axis(label=name, kind="label", labels=labels, limits=(-0.5, len(labels) - 0.5))
    else:
        places = [float(trial.drawn[name]) for trial in having]
        axis = Axis(label=name, log=isinstance(ranges[0], Whole | Real) and ranges[0].log)
    marks = []
    for ending, ink in (("pruned", "history"), ("complete", "model")):
        chosen = [place for place, trial in enumerate(having) if trial.ending == ending]
        if chosen:
            own = [having[place] for place in chosen]
            marks.append(_points(ending, ink, [places[place] for place in chosen], own, top))
    return Panel(title=name.replace("_", " "), marks=tuple(marks), x=axis, y=Axis(label=measured))


def _points(name: str, ink: str, x: Sequence[float], trials: Sequence[Tried], top: float) -> Points:
    heights = [min(trial.value, top) for trial in trials if trial.value is not None]
    return Points.model_validate({"name": name, "ink": ink, "x": _numbers(x), "y": _numbers(heights)})


def _numbers(values: Sequence[float]) -> NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)


def _defaults(trials: Sequence[Tried]) -> float | None:
    return next((trial.value for trial in trials if trial.defaults), None)


def _top(trials: Sequence[Tried]) -> float:
    """The highest value that is drawn where it is: diverged trials would press all others together."""
    values = np.array([trial.value for trial in trials])
    if not len(values):
        return 0.0
    low, middle = float(values.min()), float(np.median(values))
    return max(middle, low + CLIP * (middle - low)) or float(values.max())


def _edge(trials: Sequence[Tried], top: float) -> str:
    count = sum(trial.value is not None and trial.value > top for trial in trials)
    return f" {count} far above are drawn at the upper edge." if count else ""
