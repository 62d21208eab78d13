"""What kind of values a column holds, and which columns hold nothing to learn from."""

import polars as pl

from seqloom.errors import SchemaError
from seqloom.read.cells import mostly_numbers
from seqloom.read.layout import is_list
from seqloom.read.settings import ReadSettings
from seqloom.read.table import Table
from seqloom.read.texts import holds_texts
from seqloom.sequence import Kind

TEXT = (pl.String, pl.Categorical, pl.Enum)
_COUNTERS = ("", "no", "no.", "index", "row", "unnamed: 0", "rownames")
"""Names of columns that number the rows."""


def find_kinds(
    table: Table, settings: ReadSettings, candidates: list[str], *, texts: bool = True
) -> tuple[dict[str, Kind], list[str]]:
    """The kind of each column that can be used, and a sentence for each that cannot.

    Args:
        table: the table.
        settings: what was named.
        candidates: names of the columns to look at.
        texts: whether a column may hold texts that nobody named: only where their tokens are the steps.

    Raises:
        SchemaError: a column the settings name cannot be used.
    """
    kinds: dict[str, Kind] = {}
    notes: list[str] = []
    for name in candidates:
        text = name in settings.text or (texts and holds_texts(table, name, settings))
        reason = None if text else _unusable(table, name, settings)
        if reason is None:
            kinds[name] = "text" if text else _kind(table, name, settings)
        elif name in settings.named:
            where = f"{table.source}, column '{name}'"
            raise SchemaError(where, expected="numbers or labels", came=reason, fix="convert the column or ignore it")
        else:
            notes.append(f"column '{name}' is not used: {reason}")
    return kinds, notes


def values_of(table: Table, name: str) -> pl.Series:
    """Some values of a column, none missing; those within lists, where cells hold lists."""
    sample = table.sample(name)
    return sample.explode().drop_nulls() if is_list(sample.dtype) else sample


def all_differ(series: pl.Series) -> bool:
    """Whether no value comes twice."""
    return len(series) > 1 and series.n_unique() == len(series)


def _kind(table: Table, name: str, settings: ReadSettings) -> Kind:
    sample = values_of(table, name)
    if name in settings.categories:
        return "category"
    labels = isinstance(sample.dtype, TEXT) and len(sample) and not mostly_numbers(sample.cast(pl.String))
    return "category" if labels else "number"


def _unusable(table: Table, name: str, settings: ReadSettings) -> str | None:
    """Why a column cannot be used; None where it can."""
    sample = values_of(table, name)
    usable = sample.dtype.is_numeric() or isinstance(sample.dtype, (*TEXT, pl.Boolean, pl.Null))
    if not usable:
        return f"it holds {sample.dtype}"
    if name in settings.named:
        return None
    if not len(sample):
        return "it is empty"
    if isinstance(sample.dtype, TEXT) and not is_list(table.types[name]):
        only_names = all_differ(sample) and not mostly_numbers(sample.cast(pl.String))
        return "its text is different in every row" if only_names else None
    return "it counts the rows" if name.lower() in _COUNTERS and _counts_rows(table, name) else None


def _counts_rows(table: Table, name: str) -> bool:
    series = table.first(name)
    return series.dtype.is_integer() and len(series) > 1 and bool((series.diff().drop_nulls() == 1).all())
