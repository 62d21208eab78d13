"""Alternatives as words and arrays, and back; and what is no alternative."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray

from seqloom.alternatives import (
    Autoregression,
    EndingTag,
    LogisticTag,
    NearestClasses,
    RecentTag,
    SeasonalNaive,
    Theta,
    WordTag,
)
from seqloom.alternatives.forecasts.each_series import EachSeries
from seqloom.alternatives.linear import Classes, Linear, Scaling
from seqloom.alternatives.perceptron import Perceptron
from seqloom.alternatives.plain_form import put_together, taken_apart
from seqloom.alternatives.sequences.kernels import Kernels
from seqloom.alternatives.sequences.warping import Shapes, Shortening
from seqloom.errors import ArtifactError


@dataclass(frozen=True)
class Inner:
    """Something in something."""

    numbers: NDArray[np.float64]
    name: str = "inner"


@dataclass(frozen=True)
class Everything:
    """One field of every kind there is."""

    flag: bool
    count: int
    share: float
    text: str
    row: NDArray[np.int64]
    mask: NDArray[np.bool_]
    parts: tuple[Inner, ...]
    pair: tuple[bool, str]
    shares: Mapping[tuple[bool, str], NDArray[np.float64]]
    places: Mapping[str, int]
    maybe: Inner | None
    other: float | None
    title: ClassVar[str] = "everything"


def everything(**other: Any) -> Everything:
    """One of it."""
    usual = {
        "flag": True,
        "count": -3,
        "share": 0.1,
        "text": "ä☃\n",
        "row": np.arange(3),
        "mask": np.array([[True], [False]]),
        "parts": (Inner(np.ones((2, 2))), Inner(np.zeros(0), "second")),
        "pair": (False, "x"),
        "shares": {(True, "a"): np.ones(2), (False, "a"): np.zeros(2)},
        "places": {"": 0, "b": 1},
        "maybe": Inner(np.ones(1)),
        "other": None,
    }
    return Everything(**(usual | other))


def same(one: object, other: object) -> bool:
    """Whether two things hold the same, whatever they are made of."""
    if is_dataclass(one):
        pairs = ((getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
        return type(one) is type(other) and all(same(*pair) for pair in pairs)
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return type(one) is type(other) and one == other


WORDS = WordTag({"a": np.full(2, 0.5), "b": np.ones(2)}, np.ones(2))
LINEAR = Linear(np.ones((3, 1)), np.zeros(1))
SHAPES = Shapes(np.ones((5, 2), np.float32), np.array([0, 2, 5]))
SOME = (
    everything(),
    everything(maybe=None, other=0.5, parts=(), shares={}, places={}),
    SeasonalNaive(12),
    Autoregression(np.zeros((3, 1, 2, 4)), {"a": 0, "b": 1}),
    EndingTag(WORDS, {(True, "x"): np.zeros(2)}),
    LogisticTag(Scaling(np.zeros(3), np.ones(3)), LINEAR, Classes(np.array([0, 2]), 3)),
    NearestClasses(Shortening(np.ones((3, 2), np.float32)), SHAPES, np.array([0, 1]), 2),
    Perceptron((Linear(np.ones((2, 3)), np.ones(3)), LINEAR)),
    Theta(EachSeries(np.ones((2, 1, 1)), {"a": 0}), 12),
    Kernels.drawn(5, 3, 20, 0),
    RecentTag(Scaling(np.zeros(3), np.ones(3)), LINEAR, Classes(np.array([0, 2]), 3)),
)


@pytest.mark.parametrize("thing", SOME, ids=lambda thing: type(thing).__name__)
def test_what_is_taken_apart_is_put_together_again(thing):
    """To the last bit, by way of JSON."""
    words, arrays = taken_apart(thing, "here")
    assert same(put_together(type(thing), json.loads(json.dumps(words)), arrays, "here"), thing)


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_numbers_without_bounds_are_not_written(number):
    """The message names the field."""
    with pytest.raises(ArtifactError, match=r"here, share: expected finite numbers, came (nan|inf)"):
        taken_apart(everything(share=number), "here")
    with pytest.raises(ArtifactError, match=r"here, parts.0.numbers: expected finite numbers, came NaN or infinity"):
        taken_apart(everything(parts=(Inner(np.array([number])),)), "here")


def test_fields_of_other_types_have_no_form():
    """Whoever writes an alternative is told; scikit-learn's objects cannot be saved."""

    @dataclass
    class Strange:
        model: Any

    with pytest.raises(TypeError, match=r"model: no form for typing\.Any"):
        taken_apart(Strange(1), "here")
    with pytest.raises(TypeError, match="row: expected an array of int64, came float64"):
        taken_apart(everything(row=np.zeros(2)), "here")


def attacked(change):
    """What is said of words and arrays that somebody changed."""
    words, arrays = taken_apart(everything(), "here")
    words = json.loads(json.dumps(words))
    change(words, arrays)
    with pytest.raises(ArtifactError) as caught:
        put_together(Everything, words, arrays, "here")
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("flag", 1, "'flag': expected true or false, came 1"),
        ("count", True, "'count': expected a whole number, came True"),
        ("count", 1.0, "'count': expected a whole number"),
        ("count", 2**53, "'count': expected a whole number"),
        ("share", "0.5", "'share': expected a number, came '0.5'"),
        ("share", float("nan"), "'share': expected a number, came nan"),
        ("share", 2**53, "'share': expected a number"),
        ("text", None, "'text': expected a text, came None"),
        ("row", [1, 2], "'row': expected no words for an array"),
        ("parts", {}, "'parts': expected a list, came {}"),
        ("parts", [{"numbers": None, "name": "a", "more": 1}], "'parts.0': expected the fields numbers, name"),
        ("parts", [{"numbers": None}], "'parts.0': expected the fields numbers, name, came 'numbers'"),
        ("pair", [False], "'pair': expected a list of 2"),
        ("shares", [], "'shares': expected keys and values"),
        ("shares", {"keys": [[True, "a"]]}, "'shares': expected a row for each of 1 keys"),
        ("shares", {"keys": [[True, "a"], [True, "a"]]}, "'shares': expected each key once"),
        ("shares", {"keys": [[True, []], [True, "a"]]}, "'shares': expected a text"),
        ("places", {"keys": ["a"], "values": []}, "'places': expected a list of 1"),
        ("maybe", [], "'maybe': expected a list of 1"),
        ("other", [None], "'other': expected a number"),
    ],
)
def test_changed_words_are_refused(name, value, message):
    """Each with the field and what belongs there."""
    assert f"here, {message}" in attacked(lambda words, _: words.update({name: value}))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda words, _: words.pop("flag"), "'method': expected the fields flag, count"),
        (lambda words, _: words.update(kind="os.system"), "'method': expected the fields flag, count"),
        (lambda _, arrays: arrays.pop("row"), "'row': expected an array of int64, came none"),
        (lambda _, arrays: arrays.update(row=np.zeros(3)), "'row': expected an array of int64, came one of float64"),
        (lambda _, arrays: arrays.update(row=np.array(1)), "'row': expected an array, came shape ()"),
        (lambda _, arrays: arrays.update(more=np.zeros(3)), "'more': expected arrays of the method, came one it does"),
        (
            lambda _, arrays: arrays.update({"parts.0.numbers": np.array([np.inf])}),
            "'parts.0.numbers': expected finite numbers, came NaN or infinity",
        ),
        (lambda _, arrays: arrays.update(shares=np.ones((2, 2, 2))), "'shares': expected a row for each of 2 keys"),
    ],
)
def test_changed_arrays_are_refused(change, message):
    """Whatever is missing, too much, or of another type."""
    assert f"here, {message}" in attacked(change)


@pytest.mark.parametrize("words", [None, 1, "x", [], [[[[]]]]])
def test_other_documents_are_refused(words):
    """They are no object."""
    with pytest.raises(ArtifactError, match="expected the fields season"):
        put_together(SeasonalNaive, words, {}, "here")


@pytest.mark.parametrize(
    ("thing", "name", "array", "message"),
    [
        (SOME[6], "known.offsets", np.array([0, 9, 5]), r"do not lie from \[0\] to \[5\]"),
        (SOME[6], "known.offsets", np.array([0, 2, 500]), r"do not lie from \[0\] to \[500\]"),
        (SOME[6], "numbers", np.array([0, 2]), r"classes \(2,\) of 2"),
        (SOME[5], "linear.constant", np.zeros(3), "do not fit constants"),
        (SOME[5], "outcomes.met", np.array([0, 3]), "are not those of some of 3 classes"),
        (SOME[3], "responses", np.zeros((1, 1, 2, 4)), "a model beyond the 1 there are"),
        (SOME[3], "responses", np.zeros(3), "responses of shape"),
        (SOME[8], "series.parameters", np.zeros((1, 1)), "parameters of shape"),
        (SOME[9], "channels", np.array([0, -1]), "channels and"),
        (SOME[9], "counts", np.full(5, 3), "channels and"),
        (SOME[9], "dilations", np.zeros(5, np.int64), "without a tap, a step or a channel"),
        (SOME[9], "lengths", np.full(4, 7), "kernels of"),
    ],
)
def test_numbers_that_do_not_fit_each_other_are_refused(thing, name, array, message):
    """Before compiled code, or an index, trusts them."""
    words, arrays = taken_apart(thing, "here")
    with pytest.raises(ArtifactError, match=f"expected numbers that fit each other, came .*{message}"):
        put_together(type(thing), words, {**arrays, name: array}, "here")


def test_numbers_that_are_known_from_elsewhere_must_be_those():
    """A number of classes says how much memory is asked for."""
    words, arrays = taken_apart(SOME[6], "here")
    with pytest.raises(ArtifactError, match=r"classes'?: expected 3, came 2"):
        put_together(NearestClasses, words, arrays, "here", stated={"classes": 3})
