"""The page: a report as one HTML file that needs nothing else."""

import base64
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from seqloom.report.contents import Contents, Section
from seqloom.report.download import to_csv
from seqloom.report.figure_data import FigureData, Panel
from seqloom.report.figures import WHOLE, draw_panel
from seqloom.report.palette import variables
from seqloom.report.svg import to_svg
from seqloom.report.table import Table, aligned, written

MINUS = "\N{MINUS SIGN}"
"""What people read; the downloads keep the hyphen."""

_TALL = 60
_ANSWERS = {"yes": "Yes.", "no": "No.", "unclear": "It cannot be told."}


def render(report: Contents) -> str:
    """A report as an HTML page: no script, no font, no image from elsewhere.

    Every text that came from the data (names of columns, files, classes, sequences) is escaped.
    """
    environment = Environment(
        loader=PackageLoader("seqloom.report"), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template("report.html.j2").render(
        report=report,
        answer=_ANSWERS[report.earned] if report.earned else "",
        style=Markup(_style()),  # noqa: S704 - our own style sheet and palette
        sections=[_section(section, number) for number, section in enumerate(report.sections, start=1)],
    )


def _style() -> str:
    """The palette as variables, then the style sheet."""
    sheet = files("seqloom.report").joinpath("templates/report.css").read_text(encoding="utf-8")
    return f":root {{ color-scheme: light dark; }}\n{variables(':root')}{sheet}"


def _section(section: Section, number: int) -> dict[str, Any]:
    return {
        "anchor": f"part-{number}",
        "title": section.title,
        "text": section.text,
        "tables": [_table(table) for table in section.tables],
        "figures": [
            _figure(figure, f"figure-{number}-{place}") for place, figure in enumerate(section.figures, start=1)
        ],
    }


def _table(table: Table) -> dict[str, Any]:
    columns = [list(_cells(table, column)) for column in range(len(table.columns))]
    return {
        "title": table.title,
        "note": table.note,
        "tall": len(table.rows) > _TALL,
        "headed": any(column.name for column in table.columns),
        "columns": [
            {"name": column.name, "numeric": table.is_numeric(place)} for place, column in enumerate(table.columns)
        ],
        "rows": [
            {"own": place == table.highlight, "cells": [column[place] for column in columns]}
            for place in range(len(table.rows))
        ],
    }


def _cells(table: Table, column: int) -> Iterator[dict[str, Any]]:
    """The cells of one column, numbers aligned at the decimal point; the first column names the rows."""
    cells, best = [row[column] for row in table.rows], table.best_rows(column)
    numeric = table.is_numeric(column)
    texts = aligned(cells) if numeric else [(written(cell), "") for cell in cells]
    for place, (text, tail) in enumerate(texts):
        kind = ("number" if numeric else "text") + (" best" if place in best else "")
        yield {
            "text": text.replace("-", MINUS) if numeric else text,
            "tail": tail,
            "best": place in best,
            "kind": kind,
            "tag": "td" if column else "th",
        }


def _figure(figure: FigureData, anchor: str) -> dict[str, Any]:
    table = base64.b64encode(to_csv(figure).encode()).decode()
    return {
        "anchor": anchor,
        "title": figure.title,
        "caption": figure.caption,
        "legend": figure.legend(),
        "narrow": len(figure.panels) == 1 and figure.panels[0].shape not in WHOLE,
        "panels": [_panel(panel, figure.title, f"{anchor}-{place}") for place, panel in enumerate(figure.panels)],
        "file": f"{figure.name}.csv",
        "data": f"data:text/csv;charset=utf-8;base64,{table}",
    }


def _panel(panel: Panel, title: str, salt: str) -> dict[str, Any]:
    """A panel drawn once, or, where it takes the whole width, once for a desk and once for a phone."""
    narrow = {"wide": "plain", "strip": "short"}.get(panel.shape)
    shapes = {"at-desk": panel.shape, "at-hand": narrow} if narrow else {"anywhere": panel.shape}
    return {
        "title": panel.title,
        "shape": panel.shape,
        "spoken": f"{title}: {panel.title}" if panel.title else title,
        "drawings": [
            {"where": where, "svg": Markup(to_svg(draw_panel(panel, shape=shape), salt=f"{salt}-{where}"))}  # noqa: S704 - matplotlib escapes text
            for where, shape in shapes.items()
        ],
    }
