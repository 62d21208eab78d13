"""The metrics of a model beside those of the alternatives, as a table for a terminal."""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table

from seqloom.report.table import entrant_name, written


@dataclass(frozen=True)
class Scoreboard:
    """One row for the model and for each alternative. Rich prints it.

    Args:
        shown: the metrics to show, in order; those nobody has are left out.
        metrics: by name of the model or alternative, then by metric.
        title: stands above.
    """

    shown: tuple[str, ...]
    metrics: Mapping[str, Mapping[str, float]]
    title: str = ""

    def rows(self) -> list[tuple[str, ...]]:
        """A head and one row for the model and each alternative; what an alternative lacks is a hyphen."""
        names = [name for name in self.shown if any(name in row for row in self.metrics.values())]
        head = ("", *names)
        body = [
            (entrant_name(name), *(written(row[metric]) if metric in row else "-" for metric in names))
            for name, row in self.metrics.items()
        ]
        return [head, *body]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table, numbers aligned to the right."""
        head, *body = self.rows()
        table = Table(title=self.title, title_justify="left", title_style="bold", box=None, pad_edge=False)
        for place, name in enumerate(head):
            table.add_column(name, justify="right" if place else "left")
        for row in body:
            table.add_row(*row)
        yield table
