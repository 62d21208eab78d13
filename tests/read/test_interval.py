import numpy as np
import pytest

from seqloom.read.interval import MONTH, find_interval
from seqloom.read.sink import BLOCK

DAY = 86_400.0


def stamps(start, count, unit):
    """`count` stamps, one per unit of the calendar."""
    return np.arange(np.datetime64(start, unit), np.datetime64(start, unit) + count).astype("datetime64[us]")


def offsets(*borders):
    """Offsets of sequences."""
    return np.array([0, *borders], dtype=np.int64)


@pytest.mark.parametrize(
    ("unit", "interval"), [("s", 1.0), ("m", 60.0), ("h", 3600.0), ("D", DAY), ("M", MONTH), ("Y", 12 * MONTH)]
)
def test_regular_clocks_have_an_interval(unit, interval):
    """Steps of one length, and of one calendar month or year, are regular."""
    assert find_interval(stamps("2015", 40, unit), offsets(40)) == (interval, 0, None)


def test_quarters_are_regular():
    """Steps of three calendar months are regular."""
    assert find_interval(stamps("2015", 40, "M")[::3], offsets(14)) == (3 * MONTH, 0, None)


def test_thirty_days_beside_a_month_are_not_mixed_up_with_gaps():
    """A month left out of a monthly clock is an irregular step."""
    assert find_interval(np.delete(stamps("2015", 40, "M"), 20), offsets(39)) == (MONTH, 1, 20)


def test_gaps_are_counted():
    """Some missing steps leave the usual interval, and are counted; the first is named."""
    times = np.delete(stamps("2020-01-01", 100, "h"), [10, 50, 51])
    assert find_interval(times, offsets(97)) == (3600.0, 2, 10)


def test_weekdays_are_usually_a_day_apart():
    """Series without weekends have a day as their usual step."""
    days = stamps("2024-01-01", 70, "D")
    times = days[np.is_busday(days.astype("datetime64[D]"))]
    assert find_interval(times, offsets(50)) == (DAY, 9, 5)


def test_wild_steps_have_no_interval():
    """Where steps do not agree there is no usual one."""
    times = np.cumsum([1, 5, 2, 9, 4, 7]).astype("datetime64[s]").astype("datetime64[us]")
    assert find_interval(times, offsets(6)) == (None, 4, 2)


def test_steps_between_sequences_do_not_count():
    """The way from the end of one sequence to the start of the next is no step."""
    times = np.concatenate([stamps("2020-01-01", 5, "D"), stamps("2010-01-01", 5, "D")])
    assert find_interval(times, offsets(5, 10)) == (DAY, 0, None)


def test_sequences_of_one_step_have_no_interval():
    """Without two steps in one sequence there is nothing to measure."""
    assert find_interval(stamps("2020", 3, "D"), offsets(1, 2, 3)) == (None, 0, None)


def test_numbers_are_measured_in_their_own_unit():
    """A clock of numbers has an interval in the unit of the column."""
    assert find_interval(np.array([1, 3, 5, 7]), offsets(4)) == (2.0, 0, None)


def test_long_columns_are_measured_block_by_block():
    """No step is lost or counted twice where blocks meet."""
    length = 2 * BLOCK + 3
    times = np.arange(length)
    times[BLOCK:] += 5
    times[BLOCK + 1 :] += 5
    assert find_interval(times, offsets(length)) == (1.0, 2, BLOCK)
