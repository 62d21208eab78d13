"""One step of a live stream, as it comes and as it is kept."""

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.live.form import Form
from seqloom.store import LARGEST

UNSEEN = -2
"""Stands for a label that training did not have."""
MISSING = -1
MOST = sys.float_info.max


@dataclass(frozen=True)
class Reading:
    """One step, as it comes.

    Args:
        values: of the columns, by name: numbers, texts, or None where there is no value. Columns with one value per
            stream are given with its first reading; later ones may leave them out.
        time: when it was read: a time stamp (ISO 8601, or a `datetime`), or a number, as in training.
        ahead: the columns known ahead of the steps that follow, one mapping for each.
    """

    values: Mapping[str, Any]
    time: Any = None
    ahead: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step, checked.

    Args:
        numbers: of the number columns; NaN where a value is missing.
        codes: places of labels, -1 where one is missing, -2 where training did not have it.
        words: what is kept as it is written; None where it is missing.
        time: microseconds since 1970, or a number; None without a clock.
    """

    numbers: list[float]
    codes: list[int]
    words: tuple[str | None, ...] = ()
    time: float | None = None


@dataclass(frozen=True)
class Statics:
    """What a stream is: the columns with one value, in arrays as those of a step."""

    numbers: NDArray[np.float64]
    codes: NDArray[np.int32]


def step(form: Form, reading: Reading, where: str) -> Step:
    """A reading, checked.

    Raises:
        DataError: a column that is unknown, a value of another type, or a time that is none; the message names it.
    """
    _refuse_unknown(form, reading.values, where)
    time = None if form.clock == "none" else _time(form, reading.time, where)
    return _kept(form, reading.values, time, where)


def ahead(form: Form, reading: Reading, where: str) -> list[Step]:
    """The steps that follow a reading, as far as they are known; their times are not."""
    steps = []
    for place, values in enumerate(reading.ahead, start=1):
        own = f"{where}, {place} ahead"
        for name in values:
            if name not in form.known:
                expected = f"one of {', '.join(form.known)}" if form.known else "no column that is known ahead"
                raise DataError(own, expected=expected, came=repr(name), fix="leave it out")
        steps.append(_kept(form, values, None if form.clock == "none" else math.nan, own))
    return steps


def statics(form: Form, reading: Reading, where: str) -> Statics | None:
    """What a reading says of its stream as a whole; None where it says nothing."""
    values = reading.values
    if not any(name in values for name in (*form.static_numbers, *form.static_listed)):
        return None
    return Statics(
        np.array([_number(values, name, where) for name in form.static_numbers], dtype=np.float64),
        np.array([_code(form, values, name, where) for name in form.static_listed], dtype=np.int32),
    )


def moment(time: float) -> int | None:
    """A time as a session keeps it: whole microseconds, or a number rounded down to 64 bits; None for NaN."""
    return None if math.isnan(time) else max(-LARGEST, min(LARGEST, math.floor(time)))


def _kept(form: Form, values: Mapping[str, Any], time: float | None, where: str) -> Step:
    return Step(
        [_number(values, name, where) for name in form.numbers],
        [_code(form, values, name, where) for name in form.listed],
        tuple([_word(values, name, where) for name in form.spelt]),
        time,
    )


def _refuse_unknown(form: Form, values: Mapping[str, Any], where: str) -> None:
    if values.keys() <= form.names:
        return
    for name in values:
        if name not in form.names:
            expected = f"one of {', '.join(sorted(form.names))}"
            raise DataError(where, expected=expected, came=f"the column {name!r}", fix="correct or leave it out")


def _number(values: Mapping[str, Any], name: str, where: str) -> float:
    value = values.get(name)
    if type(value) is float and -MOST <= value <= MOST:
        return value
    if value is None:
        return math.nan
    if isinstance(value, bool | np.bool_):
        return float(value)
    if not isinstance(value, int | float | np.integer | np.floating):
        raise DataError(f"{where}, column '{name}'", expected="a number", came=_shown(value), fix="correct it")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if math.isinf(number):
        raise DataError(f"{where}, column '{name}'", expected="a finite number", came=_shown(value), fix="correct it")
    return number


def _code(form: Form, values: Mapping[str, Any], name: str, where: str) -> int:
    word = _word(values, name, where)
    if word is None:
        return MISSING
    place = form.places[name].get(word, UNSEEN)
    if place == UNSEEN and form.closed:
        raise DataError(
            f"{where}, column '{name}'",
            expected=f"one of the {len(form.labels[name])} categories of the training part",
            came=_shown(word),
            fix="correct it, or fit with --unseen unknown",
        )
    return place


def _word(values: Mapping[str, Any], name: str, where: str) -> str | None:
    value = values.get(name)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | np.integer):
        return str(value)
    raise DataError(f"{where}, column '{name}'", expected="a text", came=_shown(value), fix="correct it")


def _time(form: Form, value: Any, where: str) -> float:  # noqa: ANN401 - whatever a user gives
    found = _stamp(value) if form.clock == "stamps" else _plain(value)
    if found is None:
        expected = "a time stamp such as 2024-03-01T07:30:00" if form.clock == "stamps" else "a number"
        came = "none" if value is None else _shown(value)
        raise DataError(f"{where}, time", expected=expected, came=came, fix="give the time of the reading")
    return found


def _plain(value: Any) -> float | None:  # noqa: ANN401 - whatever a user gives
    if isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool):
        number = float(value)
        return number if math.isfinite(number) else None
    return None


def _stamp(value: Any) -> int | None:  # noqa: ANN401 - whatever a user gives
    """Microseconds since 1970; a stamp with an offset in UTC, as `read` has it."""
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else int(value.astype("datetime64[us]").astype(np.int64))
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - as it is written
    if not isinstance(value, datetime):
        return None
    if value.tzinfo is not None:
        value = value.astimezone(UTC).replace(tzinfo=None)
    return int(np.datetime64(value, "us").astype(np.int64))


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever a user gives
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - a line's share
