"""All rows of the grid, found in the files of `benchmarks/speed/rows`."""

import importlib

from benchmarks.speed.row import Row

FILES = ("training", "inference", "cells", "engine", "texts", "reports")
"""In the order of the page."""


def every() -> tuple[Row, ...]:
    """All rows, in the order of the page."""
    modules = (importlib.import_module(f"benchmarks.speed.rows.{name}") for name in FILES)
    return tuple(row for module in modules for row in module.ROWS)


def named(names: list[str]) -> tuple[Row, ...]:
    """The rows with these names; none: all.

    Raises:
        LookupError: there is no such row.
    """
    rows = {row.name: row for row in every()}
    for name in names:
        if name not in rows:
            raise LookupError(f"expected one of {', '.join(rows)}, came {name!r}")
    return tuple(rows[name] for name in dict.fromkeys(names)) or tuple(rows.values())
