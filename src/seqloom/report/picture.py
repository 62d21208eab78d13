"""A report in one picture, for a README or a slide."""

import io
import textwrap
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from seqloom.errors import SettingsError
from seqloom.report.axes import shortened
from seqloom.report.figure_data import FigureData
from seqloom.report.figures import house_style, legend_entries, paint, sheet
from seqloom.report.palette import LIGHT, variables
from seqloom.report.report import Report
from seqloom.report.svg import to_svg
from seqloom.report.table import Table, written

MAIN = ("forecast-1", "leads", "last-steps", "confusion", "predicted-actual", "roll", "sheet", "scores")
"""The figures that tell most: the first that a report has is shown."""

_WIDTH, _HEIGHT = 900, 400
_METRICS, _ROWS, _NAME_LENGTH = 3, 8, 22
_STYLE = "svg{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}"


def picture(report: Report, *, format: Literal["svg", "png"] = "svg", figure: str | None = None) -> bytes:  # noqa: A002 - matplotlib's word
    """The main figure with the table of metrics beside it and the verdict below.

    Args:
        report: what to show.
        format: `svg` follows the reader's light or dark paper; `png` is on light paper, two pixels to a point.
        figure: name of the figure to show; None: the forecast, the confusion matrix or the scatter.

    Raises:
        SettingsError: the report has no such figure.
    """
    drawing = _compose(report, _chosen(report, figure))
    if format == "png":
        image = io.BytesIO()
        with house_style():
            drawing.savefig(image, format="png", dpi=144, facecolor=LIGHT["paper"], metadata={"Software": None})
        return image.getvalue()
    text = to_svg(drawing, salt="picture")
    text = text.replace("<svg ", f'<svg width="{_WIDTH}" height="{_HEIGHT}" ', 1)
    begin = text.index(">") + 1
    paper = f'<style>{variables("svg")}{_STYLE}</style><rect width="100%" height="100%" fill="var(--paper)"/>'
    return (text[:begin] + paper + text[begin:]).encode()


def _chosen(report: Report, name: str | None) -> FigureData:
    names = (name,) if name else MAIN
    for candidate in names:
        found = report.figure(candidate)
        if found is not None:
            return found
    there = ", ".join(figure.name for section in report.sections for figure in section.figures) or "none"
    raise SettingsError(
        "figure", expected=f"one of the report's figures ({there})", came=repr(name), fix="name one of them"
    )


def _compose(report: Report, figure: FigureData) -> Figure:
    with house_style():
        drawing = sheet(_WIDTH, _HEIGHT)
        drawing.set_layout_engine("constrained", w_pad=0.16, h_pad=0.12)
        drawing.suptitle(shortened(report.title, 90), x=0.015, ha="left", fontsize=15, fontweight="bold")
        left, right = drawing.subplots(1, 2, width_ratios=(2.1, 1))
        paint(left, figure.panels[0])
        handles, names = legend_entries(drawing)
        if handles:
            left.legend(handles, names, loc="lower left", bbox_to_anchor=(0, 1), ncols=4, borderaxespad=0.2)
        _write_table(right, _metrics(report))
        drawing.supxlabel("\n".join(textwrap.wrap(report.verdict, 125)), x=0.015, ha="left", fontsize=12)
    return drawing


def _metrics(report: Report) -> Table:
    """The first table with a row of the model's own."""
    tables = (table for section in report.sections for table in section.tables)
    return next((table for table in tables if table.highlight is not None), Table(columns=(), rows=()))


def _write_table(axes: Axes, table: Table) -> None:
    """Names at the left, numbers at the right, the model's row first and tinted."""
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(_ROWS + 1, -0.5)
    columns = range(1, min(_METRICS + 1, len(table.columns)))
    places = [0.98 - 0.21 * (len(columns) - column) for column in columns]
    for column, x in zip(columns, places, strict=True):
        axes.text(x, 0, table.columns[column].name, ha="right", va="center", color=LIGHT["muted"], fontsize=10)
    for line, row in enumerate(table.rows[:_ROWS], start=1):
        own = line - 1 == table.highlight
        weight, ink = ("bold", LIGHT["model"]) if own else ("normal", LIGHT["text"])
        axes.axhline(line - 0.5, color=LIGHT["faint"], linewidth=0.8)
        axes.text(0.0, line, shortened(written(row[0]), _NAME_LENGTH), va="center", fontweight=weight, color=ink)
        for column, x in zip(columns, places, strict=True):
            axes.text(x, line, written(row[column]), ha="right", va="center", fontweight=weight, color=ink)
