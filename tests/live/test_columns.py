import math

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.live import Reading
from seqloom.live.columns import Statics, ahead, statics, steps
from seqloom.live.form import UNSEEN
from tests.live.conftest import form_of


def here(place):
    """The name of a reading in messages."""
    return f"reading {place}"


def of(*values, form=None):
    """Steps of readings with these values."""
    own = form or form_of("numbers")
    return steps(own, [Reading(one, float(place)) for place, one in enumerate(values)], here)


def test_readings_become_columns():
    """Numbers, places of labels, words and times."""
    found = of({"a": 1.5, "b": 2, "mode": "on", "said": "ä"}, {"a": -1.0, "mode": "off"})
    np.testing.assert_array_equal(found.numbers, [[1.5, 2.0], [-1.0, math.nan]])
    assert found.codes.tolist() == [[1], [0]]
    assert found.words == [("ä",), (None,)]
    assert found.times.tolist() == [0.0, 1.0]
    assert (found.numbers.dtype, found.codes.dtype) == (np.float64, np.int32)


def test_missing_values_are_marked():
    """Given as None, as NaN, or not at all."""
    found = of({"a": None, "mode": None}, {"a": math.nan})
    assert np.isnan(found.numbers).all()
    assert (found.codes.tolist(), found.words) == ([[-1], [-1]], [(None,), (None,)])


def test_numbers_of_all_kinds_are_numbers():
    """Whole ones, those of NumPy, and truth; in company of plain ones, too."""
    values = [{"a": 3, "b": np.float32(0.5)}, {"a": True, "b": np.int16(-2)}, {"a": 1.0, "b": np.bool_(0)}]
    assert of(*values).numbers.tolist() == [[3.0, 0.5], [1.0, -2.0], [1.0, 0.0]]
    assert of({"a": 1.0, "b": 7}).numbers.tolist() == [[1.0, 7.0]]


def test_labels_are_their_places():
    """Whole numbers and truth are written as in a table."""
    labels = form_of("numbers", labels={"mode": ("1", "true"), "make": ()}, closed=False)
    every = [{"mode": value} for value in ("1", 1, True, "other", None)]
    assert of(*every, form=labels).codes.ravel().tolist() == [0, 0, 1, UNSEEN, -1]
    assert of(*[one for one in every if one["mode"] not in (1, True)], form=labels).codes.ravel().tolist() == [
        0,
        UNSEEN,
        -1,
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"a": math.inf}, "reading 1, column 'a': expected a finite number, came inf"),
        ({"b": 10**400}, "reading 1, column 'b': expected a finite number"),
        ({"a": "1"}, "reading 1, column 'a': expected a number, came '1'"),
        ({"a": [1]}, "reading 1, column 'a': expected a number, came \\[1\\]"),
        (
            {"mode": "new"},
            "reading 1, column 'mode': expected one of the 2 categories of the training part, came 'new'",
        ),
        ({"mode": 1.5}, "reading 1, column 'mode': expected a text, came 1.5"),
        ({"said": {}}, "reading 1, column 'said': expected a text"),
        ({"c": 1}, "reading 1: expected one of .*, came the column 'c'"),
    ],
)
def test_what_cannot_be_used_is_named(wrong, message):
    """The reading, the column, and what came."""
    with pytest.raises(DataError, match=message):
        of({"a": 1.0}, wrong)


@pytest.mark.parametrize(
    ("clock", "time", "message"),
    [
        ("stamps", None, "reading 0, time: expected a time stamp such as 2024-03-01T07:30:00, came none"),
        ("stamps", "soon", "came 'soon'"),
        ("numbers", "5", "reading 0, time: expected a number, came '5'"),
    ],
)
def test_a_time_that_is_none_is_refused(clock, time, message):
    """It says what is expected."""
    with pytest.raises(DataError, match=message):
        steps(form_of(clock), [Reading({}, time)], here)


def test_without_a_clock_a_time_has_no_say():
    """It may be given all the same."""
    assert steps(form_of("none"), [Reading({}, "soon")], here).times is None


def test_what_a_stream_is_is_read_where_it_is_said():
    """One of its columns is enough."""
    assert statics(form_of(), Reading({"a": 1}), "here") is None
    said = statics(form_of(), Reading({"size": 4}), "here")
    assert (said.numbers.tolist(), said.codes.tolist()) == ([4.0], [-1])


def test_a_stream_is_what_it_was_where_all_is_the_same():
    """What was missing before is missing still."""
    one, other = (Statics(np.array([1.0, number]), np.array([0])) for number in (math.nan, 2.0))
    assert one.same(Statics(np.array([1.0, math.nan]), np.array([0])))
    assert not one.same(other)
    assert not one.same(Statics(one.numbers, np.array([1])))


def test_only_columns_that_are_known_ahead_are_given_ahead():
    """Others are named; times of those to come nobody knows."""
    with pytest.raises(DataError, match="here, 1 ahead: expected no column that is known ahead, came 'a'"):
        ahead(form_of(), Reading({}, ahead=[{"a": 1}]), "here")
    found = ahead(form_of(known=("b",)), Reading({}, ahead=[{"b": 1}, {"b": 2}]), "here")
    np.testing.assert_array_equal(found.numbers, [[math.nan, 1.0], [math.nan, 2.0]])
    assert found.times is None
    with pytest.raises(DataError, match="here, 2 ahead, column 'b': expected a number"):
        ahead(form_of(known=("b",)), Reading({}, ahead=[{"b": 1}, {"b": "x"}]), "here")
