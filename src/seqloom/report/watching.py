"""The report on live streams: which signals drifted, and how each went."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from seqloom.report.contents import Earned, Section
from seqloom.report.figure_data import Axis, Band, FigureData, Line, Panel, Rule
from seqloom.report.report import Report
from seqloom.report.table import Cell, Column, Table, written
from seqloom.version import __version__

DRAWN = 24
"""Signals that are drawn, those that drifted first."""
ORDER = {"drift": 0, "ok": 1, "insufficient": 2}
KINDS = {"input": "Inputs", "prediction": "Predictions", "state": "State of the network", "quality": "Accuracy"}
CLASSES = (
    "Of the latest truths that were told: how often each class was true and was answered, the share of these answers "
    "that were right (precision), and of these truths that were answered so (recall)."
)
OWN = "compared with its own first values"

Plain = Mapping[str, Any]


def watch_report(standing: Plain, title: str) -> Report:
    """The report on how live streams stand.

    Args:
        standing: what a monitor says, or a server at `/v1/monitor`.
        title: heading of the page.
    """
    signals = sorted(standing["signals"], key=lambda one: ORDER.get(one["state"], 3))
    sections = [Section(title="Signals", text=_explained(), tables=(signal_table(signals),))]
    if standing["alerts"]["latest"]:
        sections.append(Section(title="Alerts", tables=(_alerts(standing["alerts"]["latest"]),)))
    if standing.get("classes"):
        sections.append(Section(title="Classes", text=(CLASSES,), tables=(class_table(standing["classes"]),)))
    if standing.get("server"):
        sections.append(Section(title="Server", text=(server_of(standing["server"]),)))
    sections.extend(_pictures(signals))
    sections.append(Section(title="What was seen", tables=(_counts(standing),)))
    return Report(
        title=title,
        task=str(standing["task"]),
        kind="Live streams",
        question="Are its streams what they were in training?",
        verdict=verdict_of(standing),
        earned=_answer(standing),
        sections=tuple(sections),
        created=_moment(standing["last"]) if standing["last"] else "",
        version=__version__,
    )


def verdict_of(standing: Plain) -> str:
    """How everything stands, in one sentence."""
    drifted = [f"{one['kind']} {one['name']}" for one in standing["signals"] if one["state"] == "drift"]
    told = sum(one["state"] == "ok" for one in standing["signals"])
    own = "".join(f" {one['text']}." for one in standing["alerts"]["active"] if one["by"] == "limit")
    if drifted:
        found = f"{len(drifted)} of {len(standing['signals'])} signals drifted: {', '.join(drifted)}."
    elif not told:
        found = "There is too little to tell: no signal has enough independent values yet, or anything to compare with."
    else:
        found = f"None of the {told} signals of which enough is known drifted."
    return found + own


def server_of(server: Plain) -> str:
    """How a server did in the latest minute, in one sentence."""
    if not server["answers"]:
        return f"The server answered nothing in the last {server['seconds']} seconds."
    half, most = (f"{1000 * server[name]:.3g} ms" for name in ("p50", "p99"))
    return (
        f"The server read {server['readings_per_second']:.4g} readings per second in the last {server['seconds']} "
        f"seconds; half of {server['answers']} calls were answered within {half}, 99 % within {most}; "
        f"{server['refused']:.2%} were refused, {server['failed']:.2%} failed."
    )


def signal_table(signals: Sequence[Plain]) -> Table:
    """One row for each signal: how it stands, what is usual, how it is now, and how far that is off.

    Args:
        signals: as a monitor says them.
    """
    rows = tuple(_row(one) for one in signals)
    names = ("signal", "of", "state", "usual", "now", "excess", "remark")
    return Table(columns=tuple(Column(name=name) for name in names), rows=rows)


def class_table(classes: Sequence[Plain]) -> Table:
    """One row for each class: how often it was true and answered, and how often rightly.

    Args:
        classes: as a monitor says them.
    """
    names = ("label", "true", "answered", "right", "precision", "recall")
    rows = tuple(tuple(one[name] for name in names) for one in classes)
    return Table(columns=tuple(Column(name="class" if name == "label" else name) for name in names), rows=rows)


def remark(one: Plain) -> str:
    """Why a signal says nothing, or what drifted and since when; and whether it knows only its own first values."""
    drift = one["drift"]
    if drift is None:
        return str(one["reason"]) or (OWN if one["reference"] == "first readings" else "")
    against = " against its own past" if drift["by"] == "change" else ""
    return f"{drift['what']}{against} since {_moment(drift['since'])}"


def shown_means(one: Plain) -> tuple[float | None, float | None]:
    """What is usual and what is now: the mean of numbers, else the share of the first label or of hits."""
    usual, now = one["usual"], one["now"]
    first = "mean" if "mean" in usual else next(iter(usual), "")
    return usual.get(first), now.get(first)


def _row(one: Plain) -> tuple[Cell, ...]:
    usual, now = shown_means(one)
    excess = None if one["state"] == "insufficient" else one["excess"]
    return (one["name"], one["kind"], one["state"], usual, now, excess, remark(one))


def _explained() -> tuple[str, ...]:
    usual = (
        "Usual is the mean in the training part; of predictions, the state and accuracies that in the validation part. "
        f"A signal of which that part says too little, or which the model was saved without, is {OWN}. Now is the mean "
        "of the latest ones."
    )
    excess = (
        "Excess is how far a window of 60 to 1,440 values is off, in units of what happens by chance once in 10,000 "
        "windows of all signals together: from 1 on it is a drift."
    )
    return usual, excess


def _answer(standing: Plain) -> Earned:
    answers: dict[str, Earned] = {"drift": "no", "ok": "yes"}
    return answers.get(str(standing["state"]), "unclear")


def _alerts(alerts: Sequence[Plain]) -> Table:
    rows = tuple(
        (_moment(one["at"]), one["event"], one["signal"], one["what"], one["text"]) for one in reversed(alerts)
    )
    return Table(
        columns=tuple(Column(name=name) for name in ("when", "event", "signal", "what", "in words")), rows=rows
    )


def _counts(standing: Plain) -> Table:
    facts = {name.replace("_", " "): count for name, count in standing["counts"].items()}
    facts |= {"model": standing["model"][:12], "last record": _moment(standing["last"]) if standing["last"] else None}
    rows = tuple((name, written(value) if not isinstance(value, str) else value) for name, value in facts.items())
    return Table(columns=(Column(name=""), Column(name="")), rows=rows)


def _pictures(signals: Sequence[Plain]) -> list[Section]:
    drawn = [one for one in signals if len(one.get("history", {}).get("at", ())) > 1][:DRAWN]
    sections = []
    for kind, title in KINDS.items():
        panels = tuple(_panel(one) for one in drawn if one["kind"] == kind)
        if panels:
            caption = "Means of consecutive values; the band is one deviation around what is usual."
            figure = FigureData(name=f"{kind}-over-time", title=f"{title} over time", caption=caption, panels=panels)
            sections.append(Section(title=title, figures=(figure,)))
    return sections


def _panel(one: Plain) -> Panel:
    history, (usual, _) = one["history"], shown_means(one)
    x = tuple(float(place) for place in history["place"])
    marks: list[Any] = []
    deviation = one["usual"].get("deviation")
    if usual is not None and deviation:
        low, high = (usual - deviation,) * 2, (usual + deviation,) * 2
        marks.append(Band(name="usual", ink="reference", x=(x[0], x[-1]), low=low, high=high))
    elif usual is not None:
        marks.append(Rule(name="usual", along="across", at=usual))
    marks.append(Line(name="mean", ink="model", x=x, y=tuple(history["mean"]), dots=len(x) < DRAWN))
    if one["drift"] is not None:
        marks.append(Rule(name="drift found", ink="first", along="upright", at=float(one["drift"]["place"])))
    return Panel(title=f"{one['name']}: {one['state']}", marks=tuple(marks), x=Axis(label="values"))


def _moment(at: int) -> str:
    """As people write it, in UTC."""
    return datetime.fromtimestamp(at / 1e6, UTC).strftime("%Y-%m-%d %H:%M:%S")
