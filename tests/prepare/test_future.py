from dataclasses import replace

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.prepare import calendar
from seqloom.prepare.future import with_future

PERIODS = ("hour of day", "day of week")


def with_calendar(made, times):
    """Prepared rows whose only numbers are their calendar."""
    return replace(
        made,
        numbers=calendar.circle(times, PERIODS),
        number_names=calendar.names(PERIODS),
        known=np.ones(4, dtype=np.bool_),
        times=times,
    )


def hours(count, start="2001-01-01"):
    return np.datetime64(start, "us") + np.arange(count) * np.timedelta64(1, "h")


def test_stamps_and_calendar_go_on_past_the_end(prepared):
    """As if the rows had been there."""
    made = with_calendar(prepared([30]), hours(30))
    extended = with_future(made, np.array([30]), lookback=np.array([4]), horizon=6)
    assert extended.times.tolist() == hours(36)[26:].tolist()
    np.testing.assert_array_equal(extended.numbers, calendar.circle(hours(36)[26:], PERIODS))


def test_each_sequence_goes_on_at_its_own_clock(prepared):
    """One hourly, one every other hour."""
    times = np.concatenate([hours(10), hours(20)[::2]])
    extended = with_future(
        with_calendar(prepared([10, 10]), times), np.array([10, 20]), lookback=np.array([2, 2]), horizon=2
    )
    assert extended.times.tolist() == [*hours(12)[8:].tolist(), *hours(23)[16::2].tolist()]


def test_rows_that_hold_the_future_are_taken_over(prepared):
    """What is known ahead was given in them."""
    made = prepared([10], numbers=1, known=1)
    made.targets[7:] = np.nan
    extended = with_future(made, np.array([7]), lookback=np.array([2]), horizon=3)
    assert extended.numbers[:, 0].tolist() == [-5, -6, -7, -8, -9]
    np.testing.assert_equal(extended.targets[:, 0], [5, 6, np.nan, np.nan, np.nan])


def test_a_column_known_ahead_must_be_given_ahead(prepared):
    """The message says what to append."""
    made = prepared([10], numbers=1, known=1)
    made.targets[8:] = np.nan
    with pytest.raises(
        DataError, match=r"sequence 's0', column 'x0': expected values for the 3 steps .*, came 2; append"
    ):
        with_future(made, np.array([8]), lookback=np.array([2]), horizon=3)


def test_targets_after_the_end_are_unknown_even_where_the_data_goes_on(prepared):
    """A forecast is never shown what it is to predict."""
    extended = with_future(prepared([10], numbers=0, known=0), np.array([6]), lookback=np.array([2]), horizon=3)
    np.testing.assert_equal(extended.targets[:, 0], [4, 5, np.nan, np.nan, np.nan])


def test_the_prepared_data_is_left_as_it_was(prepared):
    """The rows are copies."""
    made = with_calendar(prepared([30]), hours(30))
    numbers, targets = made.numbers.copy(), made.targets.copy()
    with_future(made, np.array([28]), lookback=np.array([4]), horizon=6)
    assert (made.numbers == numbers).all()
    assert (made.targets == targets).all()
