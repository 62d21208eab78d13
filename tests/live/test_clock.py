import math
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest

from seqloom.live.clock import times
from tests.live.conftest import form_of

HALF_PAST = 1_709_278_200_000_000
"""1 March 2024, 07:30, in microseconds since 1970."""


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
    assert times(form_of("stamps"), [time]).tolist() == [HALF_PAST]


def test_a_day_is_its_midnight():
    """As in a table."""
    found = times(form_of("stamps"), [date(2024, 3, 1), "2024-03-01", "1969-12-31T23:59:59.999999"])
    assert found.tolist() == [HALF_PAST - int(7.5 * 3600 * 1e6)] * 2 + [-1]


def test_numbers_of_all_kinds_are_times():
    """Whole ones, and those of NumPy."""
    found = times(form_of("numbers"), [1, 2.5, np.float32(3), np.int16(4)])
    assert (found.tolist(), found.dtype) == ([1.0, 2.5, 3.0, 4.0], np.float64)


@pytest.mark.parametrize(
    ("clock", "wrong"),
    [
        ("stamps", None),
        ("stamps", "soon"),
        ("stamps", 5),
        ("stamps", np.datetime64("NaT")),
        ("numbers", None),
        ("numbers", "5"),
        ("numbers", math.inf),
        ("numbers", True),
    ],
)
def test_the_first_that_is_no_time_is_named(clock, wrong):
    """By its place."""
    right = "2024-03-01" if clock == "stamps" else 1.0
    assert times(form_of(clock), [right, right, wrong, wrong]) == 2
