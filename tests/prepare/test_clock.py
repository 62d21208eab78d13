import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.prepare.clock import extend, months_apart, usual_interval


def stamps(*days):
    return np.array(days, dtype="datetime64[us]")


def days(times):
    return times.astype("datetime64[D]").astype(str).tolist()


def test_the_usual_interval_is_not_misled_by_a_gap():
    """A few missing steps do not change the median."""
    assert usual_interval(np.array([0, 1, 2, 50, 51, 52])) == 1


@pytest.mark.parametrize(
    ("times", "months"),
    [
        (stamps("2001-01-01", "2001-02-01", "2001-03-01"), 1),
        (stamps("2001-01-31", "2001-02-28", "2001-03-31"), 1),
        (stamps("2001-03-31", "2001-06-30", "2001-09-30"), 3),
        (stamps("2000-05-04", "2001-05-04"), 12),
    ],
)
def test_calendar_months_are_recognised(times, months):
    """Starts, ends and any fixed day of months, quarters and years, although they differ in length."""
    found = months_apart(times)
    assert found is not None
    assert found[0] == months


@pytest.mark.parametrize(
    "times",
    [
        stamps("2001-01-01", "2001-01-02", "2001-01-03"),
        stamps("2001-01-01", "2001-02-01", "2001-04-01"),
        stamps("2001-01-01", "2001-01-29", "2001-02-26"),
        np.array([0.0, 30, 60]),
    ],
)
def test_other_stamps_are_no_calendar_months(times):
    """Days, months with one left out, four weeks, and plain numbers."""
    assert months_apart(times) is None


def test_monthly_stamps_go_on_by_the_calendar():
    """The next month starts are not 31 days apart."""
    assert days(extend(stamps("1960-11-01", "1960-12-01"), 3)) == ["1961-01-01", "1961-02-01", "1961-03-01"]


def test_month_ends_go_on_at_month_ends():
    """February has its own."""
    assert days(extend(stamps("2003-11-30", "2003-12-31"), 3)) == ["2004-01-31", "2004-02-29", "2004-03-31"]


def test_regular_stamps_go_on_at_their_interval():
    """Hours follow hours, with the precision of the stamps."""
    times = np.datetime64("2001-01-01T22", "us") + np.arange(2) * np.timedelta64(1, "h")
    later = extend(times, 2)
    assert later.dtype == times.dtype
    assert later.astype("datetime64[h]").astype(str).tolist() == ["2001-01-02T00", "2001-01-02T01"]


def test_numbers_go_on_at_their_interval():
    """A clock may be a plain count."""
    assert extend(np.array([10, 20, 30]), 2).tolist() == [40, 50]


def test_one_stamp_says_nothing_about_the_next():
    """An interval lies between two."""
    with pytest.raises(DataError, match="time stamp 5: expected at least 2 stamps"):
        extend(np.array([5]), 1)
