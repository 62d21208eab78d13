import math
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.live import Reading
from seqloom.live.reading import UNSEEN, ahead, moment, statics, step
from tests.live.conftest import form_of

HALF_PAST = 1_709_278_200_000_000
"""1 March 2024, 07:30, in microseconds since 1970."""


def at(time, clock="stamps", **values):
    """A step of this time."""
    return step(form_of(clock), Reading(values, time), "here")


@pytest.mark.parametrize(
    "time",
    [
        "2024-03-01T07:30",
        " 2024-03-01 07:30:00 ",
        "2024-03-01T07:30:00Z",
        "2024-03-01T09:30:00+02:00",
        datetime(2024, 3, 1, 7, 30),  # noqa: DTZ001 - as users write it
        datetime(2024, 3, 1, 7, 30, tzinfo=UTC),
        datetime(2024, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=2))),
        np.datetime64("2024-03-01T07:30"),
    ],
)
def test_a_time_stamp_may_have_any_form(time):
    """An offset is taken off."""
    assert at(time).time == HALF_PAST


def test_a_day_is_its_midnight():
    """As in a table."""
    assert at(date(2024, 3, 1)).time == at("2024-03-01").time == HALF_PAST - int(7.5 * 3600 * 1e6)


@pytest.mark.parametrize(
    ("time", "clock", "message"),
    [
        (None, "stamps", "here, time: expected a time stamp such as 2024-03-01T07:30:00, came none"),
        ("soon", "stamps", "came 'soon'"),
        (5, "stamps", "came 5"),
        (np.datetime64("NaT"), "stamps", "came"),
        ("5", "numbers", "here, time: expected a number, came '5'"),
        (math.inf, "numbers", "expected a number, came inf"),
        (True, "numbers", "expected a number, came True"),
    ],
)
def test_a_time_that_is_none_is_refused(time, clock, message):
    """It says what is expected."""
    with pytest.raises(DataError) as found:
        at(time, clock)
    assert message in str(found.value)


def test_without_a_clock_a_time_has_no_say():
    """It may be given all the same."""
    assert at("soon", "none").time is None


def test_missing_values_are_marked():
    """Given as None or not at all."""
    found = at("2024-01-01", a=None)
    assert [math.isnan(number) for number in found.numbers] == [True, True]
    assert (found.codes, found.words) == ([-1], (None,))


def test_numbers_of_all_kinds_are_numbers():
    """Whole ones, those of NumPy, and truth."""
    assert at("2024-01-01", a=3, b=np.float32(0.5)).numbers == [3.0, 0.5]
    assert at("2024-01-01", a=True, b=np.int16(-2)).numbers == [1.0, -2.0]


def test_labels_are_their_places():
    """Whole numbers and truth are written as in a table."""
    labels = form_of(labels={"mode": ("1", "true"), "make": ()}, closed=False)
    for value, code in (("1", 0), (1, 0), (True, 1), ("other", UNSEEN)):
        assert step(labels, Reading({"mode": value}, "2024-01-01"), "here").codes == [code]


def test_what_a_stream_is_is_read_where_it_is_said():
    """One of its columns is enough."""
    assert statics(form_of(), Reading({"a": 1}), "here") is None
    said = statics(form_of(), Reading({"size": 4}), "here")
    assert (said.numbers.tolist(), said.codes.tolist()) == ([4.0], [-1])


def test_only_columns_that_are_known_ahead_are_given_ahead():
    """Others are named."""
    with pytest.raises(DataError, match="here, 1 ahead: expected no column that is known ahead, came 'a'"):
        ahead(form_of(), Reading({}, ahead=[{"a": 1}]), "here")


def test_a_moment_is_a_whole_number():
    """Or none."""
    assert (moment(math.nan), moment(5.9), moment(-0.5)) == (None, 5, -1)
