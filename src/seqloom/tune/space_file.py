"""The settings to be searched, written by people in a YAML file."""

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from seqloom.errors import SettingsError
from seqloom.estimators import ROOMS, FitSettings, read_yaml
from seqloom.model import ModelSettings
from seqloom.tune.space import Choice, Range, Real, Searched, Space, Value, Whole
from seqloom.tune.usual import activations

OPEN = ("model", "train")
"""The rooms whose settings may be searched: those of the others change what is measured, or on what."""
CLOSED = {
    "horizon": "it says what is to be predicted",
    "judged_stride": "it says what is judged",
    "interval": "it has no say in what trials are compared by",
    "interval_width": "it has no say in what trials are compared by",
    "threshold": "it has no say in what trials are compared by",
    "miss_cost": "it has no say in what trials are compared by",
    "seed": "the best of several seeds is luck",
    "refit": "the best settings are trained anew at the end",
    "threads": "it only changes the time",
    "recompute": "it only changes the time",
    "checkpoint_minutes": "it only changes what is kept",
    "checkpoint_updates": "it only changes what is kept",
    "beam": "it has no say in the training",
    "length_penalty": "it has no say in the training",
}
"""Settings of these rooms that may not be searched, and why."""
USUAL_CELL = str(ModelSettings().cell)
BOUNDS, WORDS = {"low", "high"}, {"low", "high", "log", "choices", "when"}


def read_space(path: Path, fixed: Mapping[str, Any]) -> Space:
    """The space a file describes.

    Each key is a setting. Its value is a list to choose from, or `{low: …, high: …, log: true}` for a range, or
    `{choices: […]}`; the last two may have a condition, `when: {cell: [rnn]}`.

    Args:
        path: the file.
        fixed: the settings that were given.

    Raises:
        MissingFileError: the file cannot be read.
        SettingsError: something in it cannot be used; the message names the file and the key.
    """
    content = read_yaml(path)
    if not content:
        fix = "name one, for example hidden_size: {low: 16, high: 256, log: true}"
        raise SettingsError(str(path), expected="settings to search", came="none", fix=fix)
    searched: list[Searched] = []
    for name in sorted(content, key=lambda name: _has_condition(content[name]) or name == "activation"):
        where = f"{path}, {name}"
        _must_be_open(name, where)
        if name in fixed:
            fix = f"take {name} out of the space, or out of the settings"
            raise SettingsError(where, expected="a setting that is left open", came=f"{name}={fixed[name]}", fix=fix)
        searched += _searched(name, content[name], where, searched, fixed)
    return Space(tuple(searched), source=str(path))


def _has_condition(value: object) -> bool:
    return isinstance(value, dict) and "when" in value


def _must_be_open(name: str, where: str) -> None:
    fields = {field for room in OPEN for field in ROOMS[room].model_fields}
    if name in CLOSED or (name not in fields and any(name in room.model_fields for room in ROOMS.values())):
        came = f"{name}: {CLOSED.get(name, 'it changes what trials are compared on')}"
        raise SettingsError(where, expected="a setting of the model or the training", came=came, fix="leave it out")
    if name not in fields:
        near = difflib.get_close_matches(name, fields, n=1)
        fix = f"did you mean {near[0]!r}?" if near else "see seqloom tune --help"
        raise SettingsError(where, expected="a known setting", came=repr(name), fix=fix)


def _searched(
    name: str, value: object, where: str, before: list[Searched], fixed: Mapping[str, Any]
) -> Iterator[Searched]:
    """What one key of the file stands for."""
    written = value if isinstance(value, dict) else {"choices": value}
    if unknown := set(map(str, written)) - WORDS:
        fix = "write low, high and log, or choices; and when"
        raise SettingsError(where, expected="low, high, log, choices or when", came=min(unknown), fix=fix)
    range_ = _choice(name, written["choices"], where) if "choices" in written else _range(name, written, where)
    when = _when(written.get("when", {}), where, before)
    if name == "activation" and isinstance(range_, Choice) and not when:
        ranges = [one.range for one in before if one.setting == "cell"]
        cells = tuple(cell for own in ranges if isinstance(own, Choice) for cell in own.values)
        found = list(activations(cells or (fixed.get("cell", USUAL_CELL),), range_.values))
        if not found:
            came, fix = str(range_), "see which activations a cell has: seqloom fit --help"
            raise SettingsError(where, expected="an activation beside the usual one of a cell", came=came, fix=fix)
        yield from found
    else:
        yield Searched(name, range_, when)


def _choice(name: str, values: object, where: str) -> Choice:
    if not isinstance(values, list) or not values:
        fix = "write [A, B] or {low: A, high: B}"
        raise SettingsError(where, expected="a list of values, or low and high", came=repr(values), fix=fix)
    for value in values:
        _must_fit(name, value, where)
    return Choice(tuple(values))


def _range(name: str, written: Mapping[str, Any], where: str) -> Range:
    """A range of whole numbers where the setting is one, else of real ones."""
    if missing := BOUNDS - set(written):
        came, fix = f"no {min(missing)}", "write {low: A, high: B}"
        raise SettingsError(where, expected="low and high", came=came, fix=fix)
    low, high, log = written["low"], written["high"], written.get("log", False)
    kinds = _kinds(next(ROOMS[room].model_fields[name] for room in OPEN if name in ROOMS[room].model_fields))
    if not kinds & {int, float}:
        fix = "write a list of values"
        raise SettingsError(where, expected="a list of values", came="a range", fix=fix)
    for bound in (low, high):
        _must_fit(name, bound, where)
        if isinstance(bound, bool) or not isinstance(bound, int | float):
            fix = "write 0.001 or 1.0e-3, as YAML reads numbers"
            raise SettingsError(where, expected="a number", came=repr(bound), fix=fix)
    if not low < high:
        raise SettingsError(where, expected="low below high", came=f"{low} and {high}", fix="correct the bounds")
    if not isinstance(log, bool):
        raise SettingsError(where, expected="log true or false", came=repr(log), fix="correct it")
    if log and low <= 0:
        fix = "raise low, or leave log out"
        raise SettingsError(where, expected="a low above 0 on a logarithmic scale", came=str(low), fix=fix)
    return Real(float(low), float(high), log) if float in kinds else Whole(int(low), int(high), log)


def _when(value: object, where: str, before: list[Searched]) -> dict[str, tuple[Value, ...]]:
    """The condition of a setting: about one that is searched without a condition, or not at all."""
    if not isinstance(value, dict):
        fix = "write when: {cell: [rnn]}"
        raise SettingsError(f"{where}, when", expected="settings and their values", came=repr(value), fix=fix)
    found: dict[str, tuple[Value, ...]] = {}
    for name, values in value.items():
        if any(one.setting == name and one.when for one in before):
            came, fix = f"{name}, which has one", "name another setting"
            raise SettingsError(f"{where}, when", expected="a setting without a condition", came=came, fix=fix)
        found[str(name)] = _choice(str(name), values if isinstance(values, list) else [values], f"{where}, when").values
    return found


def _must_fit(name: str, value: object, where: str) -> None:
    """Refuse a value that the setting itself would refuse."""
    try:
        FitSettings.flat({name: value})
    except SettingsError as error:
        raise SettingsError(where, expected=error.expected, came=error.came, fix=error.fix) from error


def _kinds(field: FieldInfo) -> set[Any]:
    """The types a setting may have."""
    annotation = field.annotation
    parts = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    return {str if get_origin(part) is Literal else part for part in parts}
