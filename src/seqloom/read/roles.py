"""Which part each column plays, from what the user named and what the values show."""

from collections.abc import Iterable, Mapping

import polars as pl

from seqloom.errors import SchemaError
from seqloom.read.clock import UNITS, Clock, find_clock
from seqloom.read.ending import must_tell_ends
from seqloom.read.groups import find_group
from seqloom.read.kinds import TEXT, all_differ, find_kinds, values_of
from seqloom.read.layout import find_layout, is_list, wide_columns
from seqloom.read.plan import VALUE, Plan, need_columns, no_such_column, value_name
from seqloom.read.settings import EVERY, ReadSettings
from seqloom.read.table import Table
from seqloom.sequence import Column, Kind, Role


def infer(table: Table, settings: ReadSettings) -> Plan:
    """The plan for a table: named roles first, the rest by the values.

    - Time: the first column of dates, or of text that mostly reads as dates. Numbers only where named.
    - Group: where named, or clearly one (`find_group`).
    - Kind: text that is mostly numbers is a number column with mistakes; other text holds labels.
    - Not used: lists of names, other dates, texts that differ in every row, counters of rows.
    - Target: where named; else the only column there is.

    Raises:
        SchemaError: a named column is missing or cannot play its part.
    """
    need_columns(table, [name for name in settings.named if name != VALUE])
    layout = find_layout(table, settings)
    if layout == "wide":
        return _infer_wide(table, settings)
    need_columns(table, settings.named)
    lists = any(is_list(dtype) for name, dtype in table.types.items() if name not in settings.ignore)
    clock, unordered = _find_clock(table, settings), []
    if clock is not None and layout == "nested" and not lists:
        unordered = [f"column '{clock.column}' is not used: texts follow no clock"]
        settings, clock = settings.model_copy(update={"ignore": (*settings.ignore, clock.column)}), None
    used = {*settings.named, *([clock.column] if clock else [])}
    repeats = None if settings.ties else clock  # stamps that may repeat do not tell sequences apart
    group = settings.group or find_group(table, repeats, [name for name in table.types if name not in used])
    if layout == "long":
        must_tell_ends(table, settings, group)
    candidates = [name for name in table.types if name not in settings.ignore and name not in _keys(clock, group)]
    kinds, notes = find_kinds(table, settings, candidates, texts=not lists)
    roles = _roles(settings, {name: kinds[name] for name in candidates if name in kinds})
    columns = tuple(
        Column(
            name=name,
            kind=kinds[name],
            role=role if layout == "long" else _nested_role(table, kinds[name], name, role, lists=lists),
        )
        for name, role in roles.items()
    )
    return Plan(
        layout=layout,
        columns=columns,
        clock=clock,
        group=group,
        ignored=_unused(table, [*roles, *_keys(clock, group)]),
        per_step_target=settings.per_step_target,
        sort=settings.sort,
        ties=settings.ties,
        notes=(*_clock_notes(table, settings, clock, group), *unordered, *notes, *_target_notes(settings, roles)),
    )


def _infer_wide(table: Table, settings: ReadSettings) -> Plan:
    """One row per sequence: a run of step columns, a name, perhaps a class or a value to predict."""
    if settings.time is not None:
        raise SchemaError(table.source, expected="no time column", came=f"'{settings.time}'", fix="leave --time out")
    series = wide_columns(table, settings)
    if not series:
        raise no_such_column(table.source, "t0", table.types)
    rest = [name for name in table.types if name not in series and name not in settings.ignore]
    group = settings.group or next((name for name in rest if _names_rows(table, settings, name)), None)
    kinds, notes = find_kinds(table, settings, [name for name in rest if name != group], texts=False)
    value = value_name(table.types)
    targets = {value} if settings.target in ((), EVERY) and settings.ending is None else set(settings.target)
    columns = (
        *(Column(name=name, kind=kind, role="target" if name in targets else "static") for name, kind in kinds.items()),
        Column(name=value, kind="number", role="target" if value in targets else "past"),
    )
    read_as = f"one row per sequence, steps '{series[0]}' to '{series[-1]}' (column '{value}')"
    named = "" if group is None else f", called by '{group}'"
    return Plan(
        layout="wide",
        columns=columns,
        group=group,
        series=series,
        ignored=_unused(table, [*kinds, *series, *_keys(None, group)]),
        per_step_target=value in targets,
        notes=(*table.notes, read_as + named, *notes),
    )


def _names_rows(table: Table, settings: ReadSettings, name: str) -> bool:
    """Whether a column without a role holds a different text in every row."""
    return name not in settings.named and isinstance(table.types[name], TEXT) and all_differ(table.first(name))


def _keys(clock: Clock | None, group: str | None) -> list[str]:
    return [name for name in (clock.column if clock else None, group) if name is not None]


def _unused(table: Table, used: Iterable[str]) -> tuple[str, ...]:
    taken = set(used)
    return tuple(name for name in table.types if name not in taken)


def _find_clock(table: Table, settings: ReadSettings) -> Clock | None:
    if settings.time is not None:
        clock = find_clock(settings.time, values_of(table, settings.time), named=True, source=table.source)
        if clock is None:
            place = f"{table.source}, column '{settings.time}'"
            came = repr(next(iter(table.sample(settings.time)), "no value"))
            raise SchemaError(place, expected="time stamps", came=came, fix="write them as YYYY-MM-DD HH:MM:SS")
        return clock
    free = [name for name in table.types if name not in settings.named]
    free.sort(key=lambda name: isinstance(table.types[name], pl.String))
    found = (
        find_clock(name, values_of(table, name), named=False, source=table.source)
        for name in free
        if _datelike(table, name)
    )
    return next((clock for clock in found if clock is not None), None)


def _datelike(table: Table, name: str) -> bool:
    dtype = table.types[name]
    inner = dtype.inner if isinstance(dtype, (pl.List, pl.Array)) else dtype
    return isinstance(inner, (pl.Date, pl.Datetime, pl.String))


def _roles(settings: ReadSettings, kinds: Mapping[str, Kind]) -> dict[str, Role]:
    """The role of each column, in order; where no target is named the only column, where `*` is, all of numbers."""
    roles: dict[str, Role] = dict.fromkeys(kinds, "past")
    if not settings.target and settings.ending is None and len(kinds) == 1:
        roles = dict.fromkeys(kinds, "target")
    if settings.target == EVERY:
        roles |= dict.fromkeys((name for name, kind in kinds.items() if kind == "number"), "target")
    targets = () if settings.target == EVERY else settings.target
    named: dict[Role, tuple[str, ...]] = {"target": targets, "known": settings.known, "static": settings.static}
    if settings.marks is not None:
        named["mark"] = (settings.marks,)
    for role, chosen in named.items():
        roles.update(dict.fromkeys(chosen, role))
    return roles


def _nested_role(table: Table, kind: Kind, name: str, role: Role, *, lists: bool) -> Role:
    """In a nested table a cell that holds one value is static; a text holds all its tokens, where none holds lists."""
    held = is_list(table.types[name]) or (kind == "text" and not lists)
    return "static" if role == "past" and not held else role


def _clock_notes(table: Table, settings: ReadSettings, clock: Clock | None, group: str | None) -> list[str]:
    notes = list(table.notes)
    if clock is not None and settings.time is None:
        notes.append(f"column '{clock.column}' holds the time stamps")
    if clock is not None and clock.form in UNITS:
        notes.append(f"'{clock.column}' is read as {UNITS[clock.form]} since 1970")
    if group is not None and settings.group is None:
        notes.append(f"column '{group}' tells sequences apart")
    return notes


def _target_notes(settings: ReadSettings, roles: dict[str, Role]) -> list[str]:
    inferred = [name for name, role in roles.items() if role == "target" and not settings.target]
    return [f"column '{name}' is the target, being the only one" for name in inferred]
