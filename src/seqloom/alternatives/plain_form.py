"""What an alternative has learned as words and arrays, and back: the form it is saved in.

The types of its fields say all: no class is named in what is written, so that nothing written can name one.
"""

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, ClassVar, NoReturn, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import numpy as np

from seqloom.errors import ArtifactError
from seqloom.sequence import Array

Thing = TypeVar("Thing")
Words = Any
"""What JSON can hold: None, a bool, a number, a text, a list or a mapping of texts to such."""

LARGEST = 2**53
"""Whole numbers above it are no longer all known to JSON."""
DEEPEST = 8
"""Dataclasses, tuples and mappings inside of each other."""
ADVICE = "get the artifact again from where it was made"


def taken_apart(thing: object, where: str) -> tuple[Words, dict[str, Array]]:
    """The words and the arrays of a dataclass whose fields have types this form knows.

    Those are arrays of a stated element type, `bool`, `int`, `float`, `str`, other such dataclasses, any of these or
    None, and tuples and mappings of any number of them.

    Args:
        thing: an instance of the dataclass.
        where: it is called so in messages, and where it is to be written.

    Returns:
        A mapping of fields to words, None standing for an array, and the arrays by the path of their field.

    Raises:
        ArtifactError: a number is not finite.
        TypeError: a field has another type.

    Example:
        >>> from seqloom.alternatives.forecasts.seasonal_naive import SeasonalNaive
        >>> taken_apart(SeasonalNaive(12), "a method")
        ({'season': 12}, {})
    """
    arrays: dict[str, Array] = {}
    return _Writing(arrays, where).words(thing, type(thing), ""), arrays


def put_together(
    kind: type[Thing], words: Words, arrays: Mapping[str, Array], where: str, *, stated: Mapping[str, int] | None = None
) -> Thing:
    """What `taken_apart` took apart, checked number by number.

    Args:
        kind: its class.
        words: of it.
        arrays: of it, no more and no fewer.
        where: artifact and member, for messages.
        stated: whole numbers that are known from elsewhere, by the name of their field.

    Raises:
        ArtifactError: the words or the arrays are not those of such an object; the message names the field.

    Example:
        >>> from seqloom.alternatives.forecasts.seasonal_naive import SeasonalNaive
        >>> put_together(SeasonalNaive, {"season": 12}, {}, "a method")
        SeasonalNaive(season=12)
    """
    reading = _Reading(dict(arrays), where, stated or {})
    thing = reading.thing(words, kind, "")
    if reading.arrays:
        reading.refuse(next(iter(reading.arrays)), "arrays of the method", "one it does not have")
    return cast("Thing", thing)


class _Writing:
    """Takes things apart.

    Args:
        arrays: where their arrays go.
        where: how the whole is called.
    """

    def __init__(self, arrays: dict[str, Array], where: str) -> None:
        self._arrays, self._where = arrays, where

    def words(self, thing: Any, kind: Any, path: str) -> Words:  # noqa: ANN401, PLR0911 - one return for each kind of type
        """The words of a thing of this type; its arrays go by this path."""
        origin, inside = get_origin(kind), get_args(kind)
        if origin is np.ndarray:
            self._array(thing, _dtype(kind), path)
            return None
        if origin is tuple and inside[-1] is Ellipsis:
            return [self.words(one, inside[0], f"{path}.{place}") for place, one in enumerate(thing)]
        if origin is tuple:
            return [self.words(one, own, path) for one, own in zip(thing, inside, strict=True)]
        if origin is not None and issubclass(_plain(origin), Mapping):
            return self._mapping(thing, inside, path)
        if origin in (Union, UnionType):
            return None if thing is None else [self.words(thing, _other(kind), path)]
        if is_dataclass(kind):
            return {
                name: self.words(getattr(thing, name), own, f"{path}.{name}" if path else name)
                for name, own in _fields(_plain(kind)).items()
            }
        if kind is float and not math.isfinite(thing):
            self._refuse(path, str(thing))
        if kind in (bool, int, float, str):
            return kind(thing)
        raise TypeError(f"{path}: no form for {kind}")

    def _mapping(self, thing: Mapping[Any, Any], inside: tuple[Any, Any], path: str) -> Words:
        key, own = inside
        keys = [self.words(one, key, path) for one in thing]
        if get_origin(own) is np.ndarray:
            rows = list(thing.values())
            self._array(np.stack(rows) if rows else np.zeros((0, 0), _dtype(own)), _dtype(own), path)
            return {"keys": keys}
        values = [self.words(one, own, f"{path}.{place}") for place, one in enumerate(thing.values())]
        return {"keys": keys, "values": values}

    def _array(self, array: Array, dtype: "np.dtype[Any]", path: str) -> None:
        if array.dtype != dtype:
            raise TypeError(f"{path}: expected an array of {dtype}, came {array.dtype}")
        if not np.isfinite(array).all():
            self._refuse(path, "NaN or infinity")
        self._arrays[path] = np.ascontiguousarray(array)

    def _refuse(self, path: str, came: str) -> NoReturn:
        fix = "look for values without bounds in the data, or choose another method"
        raise ArtifactError(f"{self._where}, {path}", expected="finite numbers", came=came, fix=fix)


class _Reading:
    """Puts things together.

    Args:
        arrays: by their path; those that were used are taken out.
        where: how the whole is called.
        stated: whole numbers that are known from elsewhere, by the name of their field.
    """

    def __init__(self, arrays: dict[str, Array], where: str, stated: Mapping[str, int]) -> None:
        self.arrays, self._where, self._stated = arrays, where, stated

    def thing(self, words: Words, kind: Any, path: str, depth: int = 0) -> Any:  # noqa: ANN401, PLR0911 - one return for each kind of type
        """The thing of this type that has these words, and the arrays by this path."""
        if depth > DEEPEST:
            self.refuse(path, f"at most {DEEPEST} levels", "more")
        origin, inside = get_origin(kind), get_args(kind)
        if origin is np.ndarray:
            return self._array(words, _dtype(kind), path)
        if origin is tuple and inside[-1] is Ellipsis:
            several = enumerate(self._list(words, path))
            return tuple(self.thing(one, inside[0], f"{path}.{place}", depth + 1) for place, one in several)
        if origin is tuple:
            pairs = zip(self._list(words, path, len(inside)), inside, strict=True)
            return tuple(self.thing(one, own, path, depth + 1) for one, own in pairs)
        if origin is not None and issubclass(_plain(origin), Mapping):
            return self._mapping(words, inside, path, depth)
        if origin in (Union, UnionType):
            return None if words is None else self.thing(self._list(words, path, 1)[0], _other(kind), path, depth + 1)
        if is_dataclass(kind):
            return self._dataclass(words, kind, path, depth)
        return self._value(words, kind, path)

    def refuse(self, path: str, expected: str, came: str) -> NoReturn:
        """Raise the error for a field."""
        raise ArtifactError(f"{self._where}, {_shown(path)}", expected=expected, came=came, fix=ADVICE)

    def _dataclass(self, words: Words, kind: Any, path: str, depth: int) -> Any:  # noqa: ANN401 - as above
        found = _fields(_plain(kind))
        if not isinstance(words, dict) or words.keys() != found.keys():
            came = ", ".join(map(_shown, words)) if isinstance(words, dict) else type(words).__name__
            self.refuse(path or "method", f"the fields {', '.join(found) or 'of nothing'}", came or "none")
        values = {}
        for name, own in found.items():
            values[name] = self.thing(words[name], own, f"{path}.{name}" if path else name, depth + 1)
            if name in self._stated and own is int and values[name] != self._stated[name]:
                self.refuse(f"{path}.{name}", str(self._stated[name]), str(values[name]))
        try:
            return kind(**values)
        except ValueError as error:
            self.refuse(path or "method", "numbers that fit each other", str(error))

    def _mapping(self, words: Words, inside: tuple[Any, Any], path: str, depth: int) -> Any:  # noqa: ANN401 - as above
        key, own = inside
        rows = get_origin(own) is np.ndarray
        if not isinstance(words, dict) or words.keys() != ({"keys"} if rows else {"keys", "values"}):
            self.refuse(path, "keys and values", _shown(words))
        keys = [self.thing(one, key, path, depth + 1) for one in self._list(words["keys"], path)]
        if len(set(keys)) < len(keys):
            self.refuse(path, "each key once", "one twice")
        if rows:
            values = list(self._array(None, _dtype(own), path, first=len(keys)))
        else:
            several = enumerate(self._list(words["values"], path, len(keys)))
            values = [self.thing(one, own, f"{path}.{place}", depth + 1) for place, one in several]
        return dict(zip(keys, values, strict=True))

    def _array(self, words: Words, dtype: "np.dtype[Any]", path: str, *, first: int | None = None) -> Array:
        if words is not None:
            self.refuse(path, "no words for an array", _shown(words))
        if path not in self.arrays:
            self.refuse(path, f"an array of {dtype}", "none")
        array = self.arrays.pop(path)
        if array.dtype != dtype:
            self.refuse(path, f"an array of {dtype}", f"one of {array.dtype}")
        if not array.ndim or (first is not None and (array.ndim != 2 or len(array) != first)):  # noqa: PLR2004 - a row for each key
            self.refuse(
                path, "an array" if first is None else f"a row for each of {first} keys", f"shape {array.shape}"
            )
        if not np.isfinite(array).all():
            self.refuse(path, "finite numbers", "NaN or infinity")
        return array

    def _value(self, words: Words, kind: Any, path: str) -> Any:  # noqa: ANN401 - as above
        whole = type(words) is int and abs(words) < LARGEST
        if kind is float and (whole or (type(words) is float and math.isfinite(words))):
            return float(words)
        if type(words) is kind and kind in (bool, str):
            return words
        if kind is int and whole:
            return words
        return self.refuse(
            path, {bool: "true or false", int: "a whole number", str: "a text"}.get(kind, "a number"), _shown(words)
        )

    def _list(self, words: Words, path: str, length: int | None = None) -> list[Words]:
        if not isinstance(words, list) or length not in (None, len(words)):
            self.refuse(path, "a list" if length is None else f"a list of {length}", _shown(words))
        return words


@cache
def _fields(kind: type) -> dict[str, Any]:
    """The types of the fields of a dataclass, by their names."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind) if get_origin(hints[field.name]) is not ClassVar}


def _dtype(kind: Any) -> "np.dtype[Any]":  # noqa: ANN401 - an array's type
    """The element type of an array's type."""
    found: np.dtype[Any] = np.dtype(get_args(get_args(kind)[1])[0])
    return found


def _plain(origin: object) -> type:
    """A type that can be asked what it is a subclass of."""
    return origin if isinstance(origin, type) else object


def _other(kind: object) -> Any:  # noqa: ANN401 - a type
    """The one type beside None in a choice between them."""
    others = [own for own in get_args(kind) if own is not type(None)]
    if len(others) != 1:
        raise TypeError(f"no form for {kind}")
    return others[0]


def _shown(value: object) -> str:
    """A foreign value as a message may show it."""
    quoted = ascii(value)
    return quoted if len(quoted) <= 60 else f"{quoted[:56]} ..."  # noqa: PLR2004 - the width of a line
