"""The parts every report has: scores, data, settings, training."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from seqloom.report.contents import Section
from seqloom.report.figure_data import Axis, FigureData, Line, Panel, Rule
from seqloom.report.table import Cell, Column, Table, scores_table, written

_WIDE_RANGE = 20
"""A loss that falls by this factor is drawn on a logarithmic axis."""


def scores_section(scores: Mapping[str, Mapping[str, Mapping[str, float]]], *, model: str, note: str = "") -> Section:
    """The metrics of the model beside those of the alternatives, one table per part of the data.

    Args:
        scores: part (`test`, `validation`) → name of the model or alternative → metric → number.
        model: which of the names is the model.
        note: how the numbers came about, in a sentence.
    """
    legend = "The tinted row is the model; the best number of a column is bold and underlined."
    tables = tuple(
        scores_table(rows, model=model, title=f"Metrics on the {part} part") for part, rows in scores.items()
    )
    return Section(title="Metrics", text=(*([note] if note else []), legend), tables=tables)


def data_section(
    facts: Mapping[str, Cell],
    *,
    columns: Sequence[Mapping[str, Cell]] = (),
    split: Sequence[Mapping[str, Cell]] = (),
    notes: Sequence[str] = (),
) -> Section:
    """What the model was given.

    Args:
        facts: source, sequences, steps, interval, … by name.
        columns: one record per column of the data: name, role, kind, missing values, range.
        split: one record per part: its size, where it begins and ends.
        notes: what a reader should know: gaps, irregular time stamps, columns left out; each becomes a sentence.
    """
    overview = Table(
        columns=(Column(name=""), Column(name="")), rows=tuple((name, fact_text(fact)) for name, fact in facts.items())
    )
    more = [records_table("Columns", [_whole(column) for column in columns]), records_table("Split", split)]
    sentences = tuple(f"{note[:1].upper()}{note[1:]}." for note in notes)
    return Section(title="Data", text=sentences, tables=(overview, *(table for table in more if table.rows)))


def settings_section(settings: Mapping[str, tuple[Cell, str]]) -> Section:
    """Every setting as it was used.

    Args:
        settings: name → its value and where it came from: `given`, or `chosen because …`.
    """
    table = Table(
        columns=tuple(Column(name=name) for name in ("setting", "value", "origin")),
        rows=tuple((name, fact_text(value), origin) for name, (value, origin) in settings.items()),
    )
    return Section(title="Settings", tables=(table,))


def training_section(
    training: ArrayLike,
    validation: ArrayLike,
    *,
    best_epoch: int,
    text: Sequence[str] = (),
    names: tuple[str, str] = ("training loss", "validation loss"),
    comparable: bool = True,
) -> Section:
    """How training went.

    Args:
        training: mean loss of each epoch, [epochs]; the first is epoch 1.
        validation: the same on the validation part.
        best_epoch: the epoch whose weights were kept, from 1 on.
        text: sentences about the run: time taken, why it ended.
        names: what the two curves are called.
        comparable: whether both are the same measure and may share an axis.
    """
    epochs = np.arange(1, np.size(training) + 1, dtype=np.float64)
    curves = (
        Line(name=names[0], x=epochs, y=np.asarray(training, dtype=np.float64), ink="first", dots=len(epochs) == 1),
        Line(name=names[1], x=epochs, y=np.asarray(validation, dtype=np.float64), dots=len(epochs) == 1),
    )
    best = Rule(name="best epoch", along="upright", at=best_epoch)
    groups = [curves] if comparable else [(curve,) for curve in curves]
    panels = tuple(
        Panel(
            title="" if comparable else group[0].name,
            marks=(best, *group),
            x=Axis(label="epoch"),
            y=Axis(label="loss" if comparable else group[0].name, log=_needs_log(group)),
            shape="wide" if comparable else "plain",
        )
        for group in groups
    )
    figure = FigureData(
        name="training",
        title="Loss by epoch",
        caption=_training_caption(best_epoch, log=any(panel.y.log for panel in panels), comparable=comparable),
        panels=panels,
    )
    return Section(title="Training", text=tuple(text), figures=(figure,))


def _training_caption(best_epoch: int, *, log: bool, comparable: bool) -> str:
    reading = (
        "Both curves fall while the model learns; where the validation curve turns upward it begins to memorise."
        if comparable
        else "The two curves are measured in different ways: compare their shapes, not their heights."
    )
    scale = " The vertical axis is logarithmic." if log else ""
    return f"{reading} The weights of epoch {best_epoch}, the dashed line, were kept.{scale}"


def _needs_log(lines: Sequence[Line]) -> bool:
    heights = [height for line in lines for height in line.y if height is not None]
    return bool(heights) and min(heights) > 0 and max(heights) / min(heights) >= _WIDE_RANGE


def records_table(title: str, records: Sequence[Mapping[str, Cell]], note: str = "") -> Table:
    """Records as a table: one column per key, in order of first appearance."""
    names = list(dict.fromkeys(name for record in records for name in record))
    return Table(
        title=title,
        columns=tuple(Column(name=name) for name in names),
        rows=tuple(tuple(record.get(name) for name in names) for record in records),
        note=note,
    )


def fact_text(value: Cell) -> str:
    """A value for a column of mixed kinds, where numbers stand as they were given.

    Example:
        >>> fact_text(12345), fact_text(0.001), fact_text(None)
        ('12,345', '0.001', '-')
    """
    return f"{value:g}" if isinstance(value, float) else written(value)


def _whole(record: Mapping[str, Cell]) -> dict[str, Cell]:
    """The same record with whole numbers as such, so that a range reads 1 to 366, not 1.000 to 366.0."""
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() else value for name, value in record.items()
    }
