"""Columns read, and what they turned out to be: the last step to a data set."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.read.conform import unknown
from seqloom.read.interval import describe_interval, find_interval
from seqloom.read.plan import Plan
from seqloom.sequence import Array, Schema, SequenceDataset, moment


@dataclass(frozen=True)
class Ragged:
    """Sequences read, before it is settled which columns are static.

    Args:
        offsets: where each sequence starts, and where the last one ends, [S + 1].
        keys: name of each sequence, [S].
        steps: columns with a value per step, each [offsets[-1]].
        times: time stamps, [offsets[-1]].
        rows: row number in the source of each step; None where it is the step's own number.
        categories: labels of the category columns.
        statics: columns read with one value per sequence, each [S].
    """

    offsets: NDArray[np.int64]
    keys: Array
    steps: Mapping[str, Array]
    times: Array | None
    rows: NDArray[np.int64] | None
    categories: Mapping[str, tuple[str, ...]]
    statics: Mapping[str, Array] = field(default_factory=dict)


def assemble(source: str, plan: Plan, ragged: Ragged, notes: tuple[str, ...] = ()) -> SequenceDataset:
    """The data set of what was read.

    A target without a declared shape is one per sequence where it is constant within every sequence; other columns
    are static where they are named so, or are constant within every sequence and differ between them.

    Raises:
        DataError: a column said to have one value per sequence has several.
    """
    interval, clock_notes = _clock(plan, ragged)
    static = [name for name in ragged.steps if _is_static(source, plan, ragged, name)]
    targets = [column.name for column in plan.columns if column.role == "target"]
    per_sequence = bool(targets) and all(name in static or name in ragged.statics for name in targets)
    schema = _schema(plan, static, interval, per_step_target=not per_sequence)
    firsts = {name: np.array(ragged.steps[name][ragged.offsets[:-1]]) for name in static}
    steps = {name: values for name, values in ragged.steps.items() if name not in static}
    found: dict[str, Array] = {**ragged.statics, **firsts}
    for column in plan.columns:
        if column.name in plan.absent:
            part, length = (
                (steps, int(ragged.offsets[-1])) if column.name in schema.step_columns else (found, len(ragged.keys))
            )
            part[column.name] = unknown(column.kind, length)
    return SequenceDataset(
        schema=schema,
        offsets=ragged.offsets,
        steps={name: steps[name] for name in schema.step_columns},
        statics={name: found[name] for name in schema.static_columns},
        keys=ragged.keys,
        categories={column.name: ragged.categories.get(column.name, ()) for column in plan.columns if column.coded},
        times=ragged.times,
        source=source,
        rows=ragged.rows,
        notes=(*plan.notes, *notes, *clock_notes, *_static_notes(plan, static)),
    )


def _is_static(source: str, plan: Plan, ragged: Ragged, name: str) -> bool:
    """Whether a column read per step has one value per sequence."""
    column = next(column for column in plan.columns if column.name == name)
    must = column.role == "static" or (column.role == "target" and plan.per_step_target is False)
    if not must and (plan.schema is not None or column.role == "known" or len(ragged.keys) == 1):
        return False
    if column.role == "target" and plan.per_step_target:
        return False
    constant = constant_within(ragged.steps[name], ragged.offsets)
    if must and not constant.all():
        raise _not_constant(source, ragged, name, int(np.argmin(constant)))
    if must:
        return True
    several = int(ragged.offsets[-1]) > len(ragged.keys)
    differs = column.role == "target" or not constant_within(ragged.steps[name], ragged.offsets[[0, -1]]).all()
    return bool(several and constant.all() and differs)


def constant_within(values: Array, offsets: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each sequence holds one value, or only missing ones; reads the column through, without a copy."""
    starts = offsets[:-1]
    low, high = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
    same: NDArray[np.bool_] = low == high
    if values.dtype.kind == "f":
        same |= np.isnan(np.fmax.reduceat(values, starts))
    return same


def _not_constant(source: str, ragged: Ragged, name: str, sequence: int) -> DataError:
    start, stop = ragged.offsets[sequence : sequence + 2]
    values = ragged.steps[name][start:stop]
    step = int(start) + int(np.argmax(values != values[0]))
    row = step if ragged.rows is None else int(ragged.rows[step])
    labels = ragged.categories.get(name)
    came = [
        repr(labels[code]) if labels and code >= 0 else f"{code:g}" for code in (values[0], ragged.steps[name][step])
    ]
    where = f"{source}, column '{name}', row {row + 1}"
    expected = f"one value for sequence '{ragged.keys[sequence]}'"
    raise DataError(where, expected=expected, came=" and ".join(came), fix="correct the column or give it another role")


def _schema(plan: Plan, static: list[str], interval: float | None, *, per_step_target: bool) -> Schema:
    if plan.schema is not None:
        return plan.schema.model_copy(update={"interval": interval or plan.schema.interval})
    columns = tuple(
        column.model_copy(update={"role": "static"}) if column.name in static and column.role != "target" else column
        for column in plan.columns
    )
    return Schema(
        layout=plan.layout,
        columns=columns,
        time=plan.time,
        group=plan.group,
        ignored=plan.ignored,
        interval=interval,
        per_step_target=per_step_target,
        ties=plan.ties,
    )


def _static_notes(plan: Plan, static: list[str]) -> list[str]:
    """Which columns were found to have one value per sequence without being told so."""
    told = [column.name for column in plan.columns if column.role == "static" or plan.per_step_target is False]
    names = ", ".join(f"'{name}'" for name in static if name not in told)
    return [f"one value per sequence: {names}"] if names else []


def _clock(plan: Plan, ragged: Ragged) -> tuple[float | None, list[str]]:
    """The interval, and what is to be said about the clock."""
    if ragged.times is None or plan.ties:
        return None, []
    interval, irregular, first = find_interval(ragged.times, ragged.offsets)
    notes = []
    usual = (
        None if interval is None else describe_interval(interval) if ragged.times.dtype.kind == "M" else f"{interval:g}"
    )
    if first is not None:
        where = f"the first at {moment(ragged.times[first])}"
        which = f"{irregular} do not follow the one before by {usual}, {where}" if usual else "steps differ widely"
        notes.append(f"the time stamps in '{plan.time}' are irregular: {which}; all count as equal unless --resample")
    trained = None if plan.schema is None else plan.schema.interval
    if trained is not None and interval is not None and abs(interval / trained - 1) > 0.01:  # noqa: PLR2004 - as in find_interval
        notes.append(f"steps of '{plan.time}' are {usual}, in the data trained with {describe_interval(trained)}")
    return interval, notes
