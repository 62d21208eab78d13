"""Data that must fit the schema a model was trained with."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import polars as pl

from seqloom.errors import SchemaError
from seqloom.read.clock import Clock, find_clock
from seqloom.read.layout import wide_columns
from seqloom.read.plan import Plan, no_such_column
from seqloom.read.settings import ReadSettings
from seqloom.read.table import Table
from seqloom.sequence import Array, Schema, SequenceDataset


def conform(table: Table, schema: Schema, settings: ReadSettings) -> Plan:
    """The plan for a table that must fit a schema; only targets and marks may be absent.

    Raises:
        SchemaError: a column is missing, or there is one the schema does not know.
    """
    series = _series(table, schema, settings)
    keys = [name for name in (schema.time, schema.group) if name is not None]
    names = list(schema.names()[:-1] if series else schema.names())
    absent = tuple(name for name in names if name not in table.types and name in schema.names("target", "mark"))
    for name in [*keys, *names]:
        if name not in table.types and name not in absent:
            raise _missing(table.source, name, table.types)
    known = {*keys, *names, *schema.ignored, *settings.ignore, *series}
    _refuse_extra(table.source, [name for name in table.types if name not in known])
    return Plan(
        layout=schema.layout,
        columns=schema.columns,
        clock=_clock(table, schema),
        group=schema.group,
        series=series,
        ignored=schema.ignored,
        absent=absent,
        per_step_target=schema.per_step_target,
        schema=schema,
        sort=settings.sort,
        ties=schema.ties,
        notes=table.notes,
    )


def _series(table: Table, schema: Schema, settings: ReadSettings) -> tuple[str, ...]:
    if schema.layout != "wide":
        return ()
    taken = [*schema.names(), *schema.ignored, *([schema.group] if schema.group else [])]
    return wide_columns(table, settings.model_copy(update={"static": tuple(taken)}))


def _clock(table: Table, schema: Schema) -> Clock | None:
    if schema.time is None:
        return None
    sample = table.sample(schema.time)
    sample = sample.explode().drop_nulls() if isinstance(sample.dtype, (pl.List, pl.Array)) else sample
    clock = find_clock(schema.time, sample, named=True, source=table.source)
    if clock is None:
        where = f"{table.source}, column '{schema.time}'"
        came = repr(next(iter(sample), "no value"))
        raise SchemaError(where, expected="time stamps", came=came, fix="write them as in the data trained with")
    return clock


def conform_dataset(dataset: SequenceDataset, schema: Schema) -> SequenceDataset:
    """A data set that came without a table, checked and completed to fit a schema.

    Raises:
        SchemaError: a column is missing, of another kind, or not known to the schema.
    """
    if schema.time is not None and dataset.times is None:
        fix = "give a table with that column"
        raise SchemaError(dataset.source, expected=f"time stamps, as in '{schema.time}'", came="none", fix=fix)
    columns = {column.name: column for column in dataset.schema.columns}
    _refuse_extra(
        dataset.source, [name for name in columns if name not in schema.names() and name not in schema.ignored]
    )
    steps: dict[str, Array] = {}
    statics: dict[str, Array] = {}
    categories = {column.name: () for column in schema.columns if column.coded} | {**dataset.categories}
    for column in schema.columns:
        part, length = (steps, dataset.total_steps) if column.name in schema.step_columns else (statics, len(dataset))
        if column.name not in columns:
            if column.role not in ("target", "mark"):
                raise _missing(dataset.source, column.name, columns)
            part[column.name] = unknown(column.kind, length)
            continue
        if columns[column.name].kind != column.kind or len(dataset.column(column.name)) != length:
            where = f"{dataset.source}, column '{column.name}'"
            came = f"a {columns[column.name].kind} of {len(dataset.column(column.name))} values"
            fix = "give it as in the data trained with"
            raise SchemaError(where, expected=f"a {column.kind} of {length} values", came=came, fix=fix)
        part[column.name] = dataset.column(column.name)
    return replace(dataset, schema=schema, steps=steps, statics=statics, categories=categories)


def unknown(kind: str, length: int) -> Array:
    """A column of values that are not known; it takes no memory."""
    value = np.float32("nan") if kind == "number" else np.int32(-1)
    return np.broadcast_to(value, (length,))


def _missing(source: str, name: str, names: Iterable[str]) -> SchemaError:
    error = no_such_column(source, name, names, "add the column")
    return SchemaError(source, expected=f"column '{name}', as in the data trained with", came=error.came, fix=error.fix)


def _refuse_extra(source: str, extra: list[str]) -> None:
    if extra:
        names = ", ".join(f"'{name}'" for name in extra[:8])
        fix = f"remove it, or pass --ignore '{','.join(extra[:8])}'"
        raise SchemaError(source, expected="only columns of the data trained with", came=f"also {names}", fix=fix)
