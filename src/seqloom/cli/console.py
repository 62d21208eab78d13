"""Tables on the console, as wide as a terminal is."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

DIGITS = 4
WIDTH = 100


def stdout() -> Console:
    """A console on stdout, 100 letters wide where that is no terminal."""
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH, highlight=False)


def say_table(rows: Sequence[Mapping[str, Any]]) -> None:
    """A table of records with the same keys, on stderr; numbers with four significant digits."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    names = list(dict.fromkeys(name for row in rows for name in row))
    for name in names:
        numeric = all(isinstance(row.get(name), int | float | None) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(shown(row.get(name)) for name in names))
    Console(file=sys.stderr, width=None if sys.stderr.isatty() else WIDTH, highlight=False, markup=False).print(table)


def shown(value: object) -> str:
    """A cell as text; what is missing is a hyphen."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.{DIGITS}g}" if isinstance(value, float) else str(value)
