"""Tensors as readings."""

import pytest

from seqloom.serve.inference.readings import readings
from seqloom.serve.inference.signature import Signature, Slot
from seqloom.serve.inference.tensor import Tensor
from seqloom.serve.refusal import RequestError
from tests.live.conftest import form_of

INPUTS = [
    Slot("a", "FP64"),
    Slot("mode", "BYTES"),
    Slot("size", "FP64", (1,)),
    Slot("time", "BYTES"),
    Slot("a.ahead", "FP64", (-1, 2)),
]
STAMP = 1_709_278_200_000_000
"""2024-03-01T07:30, in microseconds since 1970."""


@pytest.fixture
def of(limits):
    """Makes readings of tensors: name, values and shape of each, and perhaps its datatype."""
    signature = Signature("d" * 64, "forecast", form_of("stamps"), {slot.name: slot for slot in INPUTS}, {})

    def make(*given):
        tensors = [
            Tensor(name, (*more, "FP64")[0], tuple(shape), values, f"t{place}")
            for place, (name, values, shape, *more) in enumerate(given)
        ]
        return readings(tensors, signature, limits)

    return make


@pytest.mark.parametrize("shape", [[2], [2, 1], [2, 1, 1]])
def test_the_first_dimension_are_readings(of, shape):
    """Further ones of size 1 do not matter."""
    first, second = of(("a", [1.0, 2.0], shape), ("mode", ["on", "off"], [2]))
    assert (first.values, second.values) == ({"a": 1.0, "mode": "on"}, {"a": 2.0, "mode": "off"})
    assert (first.time, first.ahead) == (None, [])


def test_what_the_stream_is_comes_with_its_first_reading(of):
    """One value, however many readings there are."""
    first, second = of(("a", [1.0, 2.0], [2]), ("size", [3.0], [1]))
    assert (first.values, second.values) == ({"a": 1.0, "size": 3.0}, {"a": 2.0})


def test_times_are_texts_or_microseconds(of):
    """What numbers of another kind mean is not guessed."""
    (told,) = of(("time", ["2024-03-01T07:30"], [1], "BYTES"))
    assert told.time == "2024-03-01T07:30"
    (counted,) = of(("time", [STAMP], [1], "INT64"))
    assert counted.time == "2024-03-01T07:30:00.000000"
    assert of(("time", [1.5], [1], "FP64"))[0].time == 1.5


def test_each_reading_has_its_own_steps_ahead(of):
    """As many as the horizon has."""
    first, second = of(("a", [1.0, 2.0], [2]), ("a.ahead", [1, 2, 3, 4], [2, 2]))
    assert (first.ahead, second.ahead) == ([{"a": 1}, {"a": 2}], [{"a": 3}, {"a": 4}])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([("b", [1], [1])], "t0.name: expected each of a, mode, size, time, a.ahead at most once, came 'b'"),
        ([("a", [1], [1]), ("a", [1], [1])], "t1.name: expected each of"),
        ([("size", [1], [1])], "body.inputs: expected an input with a value for each reading, came none"),
        ([("a", [], [0])], r"t0.shape\[0\]: expected 1 to 3 readings, came 0"),
        ([("a", [1] * 4, [4])], r"t0.shape\[0\]: expected 1 to 3 readings, came 4"),
        ([("a", [1, 2], [1, 2])], r"t0.shape: expected \[1\], came '\[1, 2\]'"),
        ([("a", [1], [1]), ("mode", ["x", "y"], [2])], r"t1.shape: expected \[1\], came '\[2\]'"),
        ([("a", [1], [1]), ("size", [1, 2], [2])], r"t1.shape: expected \[1\], came '\[2\]'"),
        ([("a", [1], [1]), ("size", [], [0])], r"t1.shape: expected \[1\], came '\[0\]'"),
        ([("a", [1], [1]), ("a.ahead", [1, 2, 3], [1, 3])], r"t1.shape: expected \[1, 2\], came '\[1, 3\]'"),
        ([("a", [1], [1]), ("a.ahead", [1, 2], [2])], r"t1.shape: expected \[1, 2\], came '\[2\]'"),
    ],
)
def test_what_does_not_fit_is_refused(of, given, message):
    """The message names the input."""
    with pytest.raises(RequestError, match=message):
        of(*given)
