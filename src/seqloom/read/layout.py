"""Which layout a table has: long, wide or nested."""

import re

import polars as pl

from seqloom.read.settings import ReadSettings
from seqloom.read.table import Table
from seqloom.read.texts import text_columns
from seqloom.sequence import Layout

_STEP_NAME = re.compile(r"(t|v|d|h|m|time|step|day|hour|month|value)?[ _]?(\d+)", re.IGNORECASE)
_FEWEST = 8
"""Fewer numbered columns are sensors rather than steps."""
_IDENTIFIERS = (pl.String, pl.Categorical, pl.Enum)


def is_list(dtype: pl.DataType) -> bool:
    """Whether cells of this type hold several values."""
    return isinstance(dtype, (pl.List, pl.Array))


def find_layout(table: Table, settings: ReadSettings) -> Layout:
    """The layout the settings name, or the one the columns show.

    Nested: some used column holds lists. Wide: at least eight number columns are called by consecutive numbers, as in
    `t0, t1, ...` or `V2, V3, ...`, no time column is named, and no target is one of them. Nested, too: some column
    holds texts, in rows that follow no clock and belong to no group. Long: everything else.
    """
    if settings.layout is not None:
        return settings.layout
    if any(is_list(dtype) for name, dtype in table.types.items() if name not in settings.ignore):
        return "nested"
    used = {*settings.named} - set(settings.ignore)
    series = step_columns(table, settings) if table.named and settings.time is None else ()
    if len(series) < _FEWEST or used.intersection(series) or _has_dates(table):
        alone = settings.time is None and settings.group is None and not _has_dates(table)
        return "nested" if alone and text_columns(table, settings) else "long"
    group = settings.group
    return "long" if group is not None and table.first(group).is_duplicated().any() else "wide"


def _has_dates(table: Table) -> bool:
    return any(isinstance(dtype, (pl.Date, pl.Datetime)) for dtype in table.types.values())


def step_columns(table: Table, settings: ReadSettings) -> tuple[str, ...]:
    """The longest run of number columns called by consecutive numbers, used columns left out."""
    runs: list[list[str]] = [[]]
    previous: tuple[str, int] | None = None
    for name, dtype in table.types.items():
        found = (
            _STEP_NAME.fullmatch(name) if name not in settings.named and not _identifies(table, name, dtype) else None
        )
        current = None if found is None else ((found[1] or "").lower(), int(found[2]))
        if current is not None and (previous is None or current != (previous[0], previous[1] + 1)):
            runs.append([])
        if current is not None:
            runs[-1].append(name)
        previous = current
    longest = max(len(run) for run in runs)
    return tuple(next(run for run in runs if len(run) == longest))


def wide_columns(table: Table, settings: ReadSettings) -> tuple[str, ...]:
    """The step columns of a table known to be wide: the numbered run, or else every number column without a role."""
    run = step_columns(table, settings)
    if len(run) > 1:
        return run
    return tuple(
        name
        for name, dtype in table.types.items()
        if name not in settings.named and not _identifies(table, name, dtype)
    )


def _identifies(table: Table, name: str, dtype: pl.DataType) -> bool:
    """Whether a column holds names; an empty column of text may be the steps no sequence reaches."""
    return isinstance(dtype, _IDENTIFIERS) and len(table.sample(name)) > 0
