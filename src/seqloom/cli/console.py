"""What the commands say: data on stdout, talk on stderr."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table

DIGITS = 4
WIDTH = 100


def say(text: str) -> None:
    """A line of talk, on stderr."""
    click.echo(text, err=True)


def counted(number: int, noun: str = "example") -> str:
    """So many of something: `1 example`, `2 examples`."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def stdout() -> Console:
    """A console on stdout, 100 letters wide where that is no terminal."""
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH, highlight=False)


def print_json(value: object) -> None:
    """One JSON object on stdout; numbers that are not finite become null, which JSON can hold."""
    click.echo(json.dumps(_finite(value), allow_nan=False))


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


def _finite(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name): _finite(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(entry) for entry in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):  # noqa: PLR0124 - only NaN differs from itself
        return None
    return value
