import numpy as np
import pytest

from seqloom.prepare import calendar

START = np.datetime64("2001-01-01T00", "us")  # a Monday


def every(step, count):
    return START + np.arange(count) * np.timedelta64(step)


def whole(count):
    return np.array([[0, count]])


@pytest.mark.parametrize(
    ("step", "count", "expected"),
    [
        (np.timedelta64(1, "h"), 24 * 400, ("hour of day", "day of week", "day of month", "day of year")),
        (np.timedelta64(1, "h"), 24 * 10, ("hour of day", "day of week")),
        (np.timedelta64(1, "D"), 800, ("day of week", "day of month", "day of year")),
        (np.timedelta64(7, "D"), 200, ("day of month", "day of year")),
        (np.timedelta64(31, "D"), 48, ("day of year",)),
        (np.timedelta64(1, "m"), 60, ()),
        (np.timedelta64(365, "D"), 30, ()),
    ],
)
def test_periods_are_chosen_that_vary_and_have_been_seen_whole(step, count, expected):
    """Two steps to a period at least, and one period at least in the training part."""
    assert calendar.choose(every(step, count), whole(count)) == expected


def test_only_the_training_part_says_which_periods_are_seen():
    """A year of stamps, of which ten days are learned from."""
    times = every(np.timedelta64(1, "h"), 24 * 400)
    assert calendar.choose(times, np.array([[0, 240]])) == ("hour of day", "day of week")


def test_plain_numbers_are_no_clock():
    """Step counts have no hour."""
    assert calendar.choose(np.arange(1000.0), whole(1000)) == ()


@pytest.mark.parametrize(
    ("period", "stamp", "share"),
    [
        ("hour of day", "2001-01-03T06:00", 0.25),
        ("day of week", "2001-01-01T00:00", 0.0),
        ("day of week", "2001-01-04T12:00", 0.5),
        ("day of month", "2001-02-15T00:00", 0.5),
        ("day of month", "2001-01-31T18:00", 30.75 / 31),
        ("day of year", "2001-07-02T12:00", 0.5),
        ("day of year", "2000-12-31T00:00", 365 / 366),
    ],
)
def test_a_stamp_lies_at_its_share_of_the_period(period, stamp, share):
    """Sine and cosine of the whole turn, leap years and short months included."""
    found = calendar.circle(np.array([stamp], dtype="datetime64[us]"), [period])
    expected = [[np.sin(2 * np.pi * share), np.cos(2 * np.pi * share)]]
    np.testing.assert_allclose(found, expected, atol=1e-6)  # float32


def test_stamps_before_1970_lie_in_their_week_too():
    """Remainders of negative numbers are positive: 29 December 1969 was a Monday."""
    found = calendar.circle(np.array(["1969-12-29"], dtype="datetime64[us]"), ["day of week"])
    np.testing.assert_allclose(found, [[0, 1]], atol=1e-6)  # float32


def test_periods_are_found_again_among_column_names():
    """Columns of other names do not disturb."""
    names = ("x", *calendar.names(["hour of day", "day of year"]), "y")
    assert calendar.periods_of(names) == ("hour of day", "day of year")
    assert [calendar.is_calendar(name) for name in names] == [False, True, True, True, True, False]
