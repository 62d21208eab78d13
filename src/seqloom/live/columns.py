"""Readings, checked and put into columns: many at once, and each value by itself only where one is unusual."""

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.live import clock
from seqloom.live.form import UNSEEN, Form
from seqloom.live.reading import Reading
from seqloom.live.steps import Steps
from seqloom.sequence import Array

Values = Mapping[str, Any]
Where = Callable[[int], str]
"""The name of a reading in messages, by its place."""
NUMBERS = frozenset({float, int, type(None)})
WORDS = frozenset({str, type(None)})


@dataclass(frozen=True)
class Statics:
    """What a stream is: the columns with one value, in arrays as those of a step."""

    numbers: NDArray[np.float64]
    codes: NDArray[np.int32]

    def same(self, other: "Statics") -> bool:
        """Whether nothing is said otherwise."""
        return np.array_equal(self.numbers, other.numbers, equal_nan=True) and np.array_equal(self.codes, other.codes)


def steps(form: Form, readings: Sequence[Reading], where: Where) -> Steps:
    """Readings, checked.

    Args:
        form: of the readings.
        readings: one after the other, of one stream or of several.
        where: names them in messages.

    Raises:
        DataError: a column that is unknown, a value of another type, or a time that is none; the message names it.
    """
    every = [reading.values for reading in readings]
    _refuse_unknown(form, every, where)
    return _columns(form, every, _times(form, readings, where), where)


def ahead(form: Form, reading: Reading, where: str) -> Steps:
    """The steps that follow a reading, as far as they are known; their times are not."""
    for place, values in enumerate(reading.ahead, start=1):
        for name in values:
            if name not in form.known:
                expected = f"one of {', '.join(form.known)}" if form.known else "no column that is known ahead"
                raise DataError(f"{where}, {place} ahead", expected=expected, came=repr(name), fix="leave it out")
    return _columns(form, reading.ahead, None, lambda place: f"{where}, {place + 1} ahead")


def statics(form: Form, reading: Reading, where: str) -> Statics | None:
    """What a reading says of its stream as a whole; None where it says nothing."""
    values = reading.values
    if form.statics.isdisjoint(values):
        return None
    return Statics(
        np.array([_number(values.get(name), name, where) for name in form.static_numbers], np.float64),
        np.array([_code(form, values.get(name), name, where) for name in form.static_listed], np.int32),
    )


def _columns(form: Form, every: Sequence[Values], times: Array | None, where: Where) -> Steps:
    codes = [_codes(form, [values.get(name) for values in every], name, where) for name in form.listed]
    words = [_words([values.get(name) for values in every], name, where) for name in form.spelt]
    return Steps(
        _numbers(form.numbers, every, where),
        np.array(codes, np.int32).reshape(len(codes), len(every)).T,
        times,
        list(zip(*words, strict=True)) if words else [()] * len(every),
    )


def _refuse_unknown(form: Form, every: Sequence[Values], where: Where) -> None:
    for place, values in enumerate(every):
        if not values.keys() <= form.names:
            name = next(name for name in values if name not in form.names)
            expected = f"one of {', '.join(sorted(form.names))}"
            fix = "correct or leave it out"
            raise DataError(where(place), expected=expected, came=f"the column {name!r}", fix=fix)


def _times(form: Form, readings: Sequence[Reading], where: Where) -> Array | None:
    if form.clock == "none":
        return None
    found = clock.times(form, [reading.time for reading in readings])
    if not isinstance(found, int):
        return found
    value = readings[found].time
    expected = "a time stamp such as 2024-03-01T07:30:00" if form.clock == "stamps" else "a number"
    came = "none" if value is None else _shown(value)
    raise DataError(f"{where(found)}, time", expected=expected, came=came, fix="give the time of the reading")


def _numbers(names: Sequence[str], every: Sequence[Values], where: Where) -> NDArray[np.float64]:
    """The number columns of all steps, [R, C]."""
    flat = [values.get(name) for values in every for name in names]
    if NUMBERS.issuperset(map(type, flat)):
        with suppress(OverflowError):
            found = np.array(flat, np.float64)
            if not np.isinf(found).any():
                return found.reshape(len(every), len(names))
    rows = [[_number(values.get(name), name, where(place)) for name in names] for place, values in enumerate(every)]
    return np.array(rows, np.float64).reshape(len(every), len(names))


def _number(value: Any, name: str, where: str) -> float:  # noqa: ANN401 - whatever a user gives
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


def _codes(form: Form, column: Sequence[Any], name: str, where: Where) -> list[int]:
    """The places of labels."""
    if WORDS.issuperset(map(type, column)):
        places = form.places[name]
        found = [places.get(word, UNSEEN) for word in column]
        if not form.closed or UNSEEN not in found:
            return found
    return [_code(form, value, name, where(place)) for place, value in enumerate(column)]


def _code(form: Form, value: Any, name: str, where: str) -> int:  # noqa: ANN401 - whatever a user gives
    word = _word(value, name, where)
    place = form.places[name].get(word, UNSEEN)
    if place == UNSEEN and form.closed:
        raise DataError(
            f"{where}, column '{name}'",
            expected=f"one of the {len(form.labels[name])} categories of the training part",
            came=_shown(word),
            fix="correct it, or fit with --unseen unknown",
        )
    return place


def _words(column: Sequence[Any], name: str, where: Where) -> Sequence[str | None]:
    """What is kept as it is written."""
    if WORDS.issuperset(map(type, column)):
        return column
    return [_word(value, name, where(place)) for place, value in enumerate(column)]


def _word(value: Any, name: str, where: str) -> str | None:  # noqa: ANN401 - whatever a user gives
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | np.integer):
        return str(value)
    raise DataError(f"{where}, column '{name}'", expected="a text", came=_shown(value), fix="correct it")


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever a user gives
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - a line's share
